using Benchmarks.Reporting;

namespace Benchmarks.Measuring;

/// <summary>What happened between two moments.</summary>
internal sealed record Interval(Sample From, Sample To, TimeProvider Clock)
{
    public long Jobs => To.Done - From.Done;

    public TimeSpan Elapsed => Clock.GetElapsedTime(From.Timestamp, To.Timestamp);

    // A small run may be over before it was looked at for the first time.
    public double PerSecond => Jobs == 0 ? 0 : Jobs / Elapsed.TotalSeconds;

    public double AppPerThousand => PerThousand(To.App - From.App);

    /// <summary>What each process used of the processors.</summary>
    public static Figure[] Cpu(IReadOnlyList<Interval> runs, Target? app = null) =>
    [
        Figure.Of("CPU of the app", "s per 1,000", runs, run => run.AppPerThousand) with { Target = app },
        Figure.Of("CPU of Azurite", "s per 1,000", runs, run => run.PerThousand(run.To.Azurite - run.From.Azurite)),
        Figure.Of("CPU of Redis", "s per 1,000", runs, run => run.PerThousand(run.To.Redis - run.From.Redis)),
    ];

    private double PerThousand(TimeSpan cpu) => Jobs == 0 ? 0 : cpu.TotalSeconds / Jobs * 1000;

    public override string ToString() => $"{PerSecond:N0} jobs/s, {AppPerThousand:0.000} CPU s per 1,000 in the app";
}
