using Benchmarks.App;
using Benchmarks.Harness;
using Benchmarks.Measuring;
using Benchmarks.Reporting;

namespace Benchmarks.Enqueueing;

/// <summary>What the HTTP door takes. Judged is the door alone, in a process that runs no jobs; told is also what is left of it beside a busy worker.</summary>
internal sealed class HttpBenchmark : IBenchmark
{
    public string Name => "http";

    public string Description => $"POST /api/jobs/demo.noop over {HttpLoad.Connections} kept connections";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellation)
    {
        var jobs = run.Size.Of(usual: 30_000, small: 64);
        var alone = await run.RepeatAsync(() => OnceAsync(run, jobs, hasWorker: false, cancellation));
        // That it works is shown by one of them.
        var beside = run.Size.IsSmall ? alone : await run.RepeatAsync(() => OnceAsync(run, jobs, hasWorker: true, cancellation));
        return
        [
            Figure.Of("jobs", "/s", alone, one => one.Interval.PerSecond) with { Target = Target.AtLeast(6_000) },
            Figure.Of("jobs, beside a worker", "/s", beside, one => one.Interval.PerSecond),
            .. Latencies.Percents.Select(percent => Figure.Of($"answer, p{percent}", "ms", alone, one => one.Latencies.Milliseconds(percent))),
            .. Interval.Cpu([.. alone.Select(one => one.Interval)]),
        ];
    }

    private static async Task<HttpRun> OnceAsync(BenchmarkRun run, int jobs, bool hasWorker, CancellationToken cancellation)
    {
        var settings = AppSettings.New(run.Servers) with { HasWorker = hasWorker };
        var before = await Rehearsal.PlayNoopsAsync(run, settings, cancellation);
        var (app, address) = await AppProcess.StartAndListenAsync(settings, cancellation);
        await using var running = app;
        using var load = new HttpLoad(run, app, address);
        await load.OpenAsync(cancellation);
        await load.EnqueueAsync(jobs / 4, cancellation);
        var (interval, latencies) = await load.EnqueueAsync(jobs, cancellation);

        var enqueued = jobs / 4 + jobs;
        if (hasWorker)
        {
            var progress = new JobProgress(settings, before + enqueued, run.Clock);
            await progress.ReachAsync(before + enqueued, app, cancellation);
            await progress.AssertAllSucceededAsync();
        }
        else
        {
            await new JobProgress(settings, enqueued, run.Clock).AssertAllQueuedAsync();
        }
        return new(interval, latencies);
    }

    private sealed record HttpRun(Interval Interval, Latencies Latencies)
    {
        public override string ToString() => $"{Interval}; {Latencies}";
    }
}
