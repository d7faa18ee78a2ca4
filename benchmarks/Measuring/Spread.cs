namespace Benchmarks.Measuring;

/// <summary>The same figure of several runs.</summary>
internal sealed record Spread(IReadOnlyList<double> Values)
{
    public double Median => Percentile.Of(Values, 50);

    public double Min => Values.Min();

    public double Max => Values.Max();
}
