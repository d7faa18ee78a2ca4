using Benchmarks.App;
using Benchmarks.Harness;
using Benchmarks.Measuring;
using Benchmarks.Reporting;
using Benchmarks.Servers;

namespace Benchmarks.Bulk;

/// <summary>Jobs that do nothing, enqueued in bulk before a worker is there: what the engine makes of a full queue.</summary>
internal sealed class BulkBenchmark : IBenchmark
{
    public string Name => "bulk";

    public string Description => "no-op jobs, enqueued in bulk, at concurrency 10, results stored";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellation)
    {
        var runs = await run.RepeatAsync(() => OnceAsync(run, cancellation));
        return
        [
            new("jobs", "/s", Of(one => one.Interval.PerSecond)) { Target = Target.AtLeast(15_000) },
            new("CPU of the app", "s per 1,000", Of(one => one.Interval.AppPerThousand)) { Target = Target.AtMost(0.085) },
            new("CPU of Azurite", "s per 1,000", Of(one => one.Interval.AzuritePerThousand)),
            new("CPU of Redis", "s per 1,000", Of(one => one.Interval.RedisPerThousand)),
            new("queue requests", "per job", Of(one => one.RequestsPerJob)) { Target = Target.AtMost(0.02) },
            .. runs.All(one => one.BytesPerJob is not null) ? [new Figure("kept in Redis", "bytes per job", Of(one => one.BytesPerJob!.Value))] : Array.Empty<Figure>(),
        ];

        Spread Of(Func<BulkRun, double> figure) => new([.. runs.Select(figure)]);
    }

    private static async Task<BulkRun> OnceAsync(BenchmarkRun run, CancellationToken cancellation)
    {
        var jobs = run.Size.Of(usual: 100_000, small: 200);
        var (servers, settings) = (run.Servers, AppSettings.New(run.Servers));
        var empty = await servers.UsedMemoryAsync();
        await using (var caller = new AppCaller(settings))
            await caller.EnqueueAsync(jobs, cancellation);

        await using var app = AppProcess.Start(settings);
        var progress = new JobProgress(settings, jobs, run.Clock);
        // The first ones start the app and have its code compiled.
        var from = Sample.Take(run.Clock, await progress.ReachAsync(jobs / 5, app, cancellation), app.Pid, servers);
        var to = Sample.Take(run.Clock, await progress.ReachAsync(jobs, app, cancellation), app.Pid, servers);

        await progress.AssertAllSucceededAsync();
        var requests = await servers.Requests.CountAsync(settings.Queue, cancellation);
        var bytes = await servers.UsedMemoryAsync() - empty;
        return new(new(from, to, run.Clock), requests / (double)jobs, bytes / (double?)jobs);
    }
}
