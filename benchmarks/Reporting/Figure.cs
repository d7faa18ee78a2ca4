using Benchmarks.Measuring;

namespace Benchmarks.Reporting;

/// <summary>One thing that was measured, in every run.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Unit">What it is counted in.</param>
/// <param name="Spread">Its values.</param>
internal sealed record Figure(string Name, string Unit, Spread Spread)
{
    /// <summary>What it has to be; null where it is only told.</summary>
    public Target? Target { get; init; }

    /// <summary>What the servers did at best without the engine, in the same run.</summary>
    public double? RawLimit { get; init; }

    public double? Ratio => RawLimit is { } limit ? Spread.Median / limit : null;

    public bool? IsMet => Target?.IsMetBy(Spread.Median);

    public static Figure Of<T>(string name, string unit, IReadOnlyList<T> runs, Func<T, double> value) => new(name, unit, new([.. runs.Select(value)]));
}
