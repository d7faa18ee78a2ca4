using System.Globalization;

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
            var bound = target is null ? "" : (target.IsLeast ? "≥ " : "≤ ") + Number(target.Bound);
            var verdict = target is null ? "" : target.IsMetBy(spread.Median) ? "met" : "MISSED";
            output.WriteLine(
                $"  {figure.Name,-26}{Number(spread.Median),12}{Number(spread.Min),12}{Number(spread.Max),12}{bound,12}{verdict,8}{Number(figure.RawLimit),12}{Number(figure.Ratio),8} {figure.Unit}");
        }
        output.WriteLine();
    }

    // Three figures tell all that such a measurement can.
    public static string Number(double? value) => value switch
    {
        null => "",
        >= 100 or <= -100 => value.Value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 or <= -10 => value.Value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 1 or <= -1 => value.Value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.0000", CultureInfo.InvariantCulture),
    };
}
