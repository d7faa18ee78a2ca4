namespace Benchmarks.Measuring;

/// <summary>What happened between two moments.</summary>
internal sealed record Interval(Sample From, Sample To, TimeProvider Clock)
{
    public TimeSpan Elapsed => Clock.GetElapsedTime(From.Timestamp, To.Timestamp);

    public double PerSecond => Jobs / Elapsed.TotalSeconds;

    public double AppPerThousand => PerThousand(To.App - From.App);

    public double AzuritePerThousand => PerThousand(To.Azurite - From.Azurite);

    public double RedisPerThousand => PerThousand(To.Redis - From.Redis);

    private long Jobs => To.Done - From.Done;

    private double PerThousand(TimeSpan cpu) => cpu.TotalSeconds / Jobs * 1000;
}
