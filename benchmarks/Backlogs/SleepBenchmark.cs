using Benchmarks.App;
using Benchmarks.Harness;
using Benchmarks.Measuring;
using Benchmarks.Reporting;

namespace Benchmarks.Backlogs;

/// <summary>Whether the slots are full all the time: jobs that wait as for a slow service.</summary>
internal sealed class SleepBenchmark : IBenchmark
{
    private static readonly TimeSpan JobLength = TimeSpan.FromMilliseconds(100);

    public string Name => "sleep";

    public string Description => "2,000 jobs that wait 100 ms, at concurrency 10, against ten that follow each other without a pause";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellation)
    {
        var jobs = run.Size.Of(usual: 2_000, small: 40);
        // The clock starts when the first ten have ended, and so does not measure the start.
        var backlog = new Backlog(AppCaller.Concurrency, jobs - AppCaller.Concurrency, (caller, count, stop) =>
            caller.EnqueueManyAsync("demo.sleep", new { seconds = JobLength.TotalSeconds }, count, stop));
        var runs = await run.RepeatAsync(() => backlog.WorkOffAsync(run, cancellation));
        Interval[] intervals = [.. runs.Select(one => one.Interval)];
        return
        [
            Figure.Of("time", "x ideal", intervals, one => one.Jobs == 0 ? 0 : one.Elapsed / Ideal(one.Jobs)) with { Target = Target.AtMost(1.02) },
            .. Interval.Cpu(intervals),
        ];
    }

    private static TimeSpan Ideal(long jobs) => jobs * JobLength / AppCaller.Concurrency;
}
