namespace Benchmarks.Reporting;

/// <summary>Writes a row's figures for people.</summary>
internal static class RowTable
{
    public static void Write(TextWriter output, RowResult row, bool isJudged)
    {
        output.WriteLine($"{row.Name}: {row.Description}");
        output.WriteLine($"  {"",-26}{"median",12}{"least",12}{"most",12}{"target",12}{"",8}{"raw limit",12}{"ratio",8}");
        foreach (var figure in row.Figures)
        {
            var (spread, target) = (figure.Spread, isJudged ? figure.Target : null);
            var verdict = target is null ? "" : target.IsMetBy(spread.Median) ? "met" : "MISSED";
            output.WriteLine(
                $"  {figure.Name,-26}{NumberText.Of(spread.Median),12}{NumberText.Of(spread.Min),12}{NumberText.Of(spread.Max),12}"
                + $"{NumberText.Of(target),12}{verdict,8}{NumberText.Of(figure.RawLimit),12}{NumberText.Of(figure.Ratio),8} {figure.Unit}");
        }
        output.WriteLine();
    }
}
