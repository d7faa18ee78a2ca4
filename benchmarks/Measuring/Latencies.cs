namespace Benchmarks.Measuring;

/// <summary>How long each of many things took.</summary>
internal sealed record Latencies(IReadOnlyList<TimeSpan> Taken)
{
    /// <summary>Those that are told.</summary>
    public static IReadOnlyList<int> Percents { get; } = [50, 95, 99];

    public double Milliseconds(double percent) => Percentile.Of(Taken.Select(one => one.TotalMilliseconds), percent);

    public override string ToString() => $"p50 {Milliseconds(50):0.00} ms, p99 {Milliseconds(99):0.00} ms";
}
