using Benchmarks.Servers;

namespace Benchmarks.Measuring;

/// <summary>A moment: when it was, how many jobs were done, and what each process had used by then.</summary>
internal readonly record struct Sample(long Timestamp, long Done, TimeSpan App, TimeSpan Azurite, TimeSpan Redis)
{
    public static Sample Take(TimeProvider clock, long done, int app, BenchmarkServers servers) =>
        new(clock.GetTimestamp(), done, CpuTime.Of(app), CpuTime.Of(servers.AzuritePid), CpuTime.Of(servers.RedisPid));
}
