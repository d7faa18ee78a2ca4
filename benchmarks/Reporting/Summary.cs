namespace Benchmarks.Reporting;

/// <summary>Writes what has a target, of all rows, and whether it was met.</summary>
internal static class Summary
{
    public static void Write(TextWriter output, IReadOnlyList<RowResult> rows)
    {
        output.WriteLine("All targets");
        foreach (var row in rows)
        {
            foreach (var figure in row.Figures.Where(figure => figure.Target is not null))
                output.WriteLine($"  {row.Name,-12}{figure.Name,-26}{NumberText.Of(figure.Spread.Median),12}{NumberText.Of(figure.Target),12}  {(figure.IsMet!.Value ? "met" : "MISSED"),-8}{figure.Unit}");
        }
    }
}
