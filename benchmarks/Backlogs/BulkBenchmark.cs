using Benchmarks.Harness;
using Benchmarks.Measuring;
using Benchmarks.Reporting;

namespace Benchmarks.Backlogs;

/// <summary>What the engine makes of a full queue when jobs travel together.</summary>
internal sealed class BulkBenchmark : IBenchmark
{
    public string Name => "bulk";

    public string Description => "no-op jobs, enqueued in bulk, at concurrency 10, results stored";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellation)
    {
        var jobs = run.Size.Of(usual: 90_000, small: 100);
        var runs = await run.RepeatAsync(() => Backlog.OfNoops(jobs / 5, jobs - jobs / 5).WorkOffAsync(run, cancellation));
        return
        [
            Figure.Of("jobs", "/s", runs, one => one.Interval.PerSecond) with { Target = Target.AtLeast(15_000) },
            .. Interval.Cpu([.. runs.Select(one => one.Interval)], app: Target.AtMost(0.085)),
            Figure.Of("queue requests", "per job", runs, one => one.RequestsPerJob) with { Target = Target.AtMost(0.02) },
            .. BacklogRun.Kept(runs),
        ];
    }
}
