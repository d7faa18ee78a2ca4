using Benchmarks.App;
using Benchmarks.Harness;
using Benchmarks.Measuring;
using Benchmarks.Servers;

namespace Benchmarks.Backlogs;

/// <summary>Jobs that wait in the queue before a worker is there.</summary>
/// <param name="WarmUp">So many of them first: they start the app and have its code compiled. Not measured.</param>
/// <param name="Jobs">So many after them.</param>
/// <param name="EnqueueAsync">Enqueues so many.</param>
internal sealed record Backlog(int WarmUp, int Jobs, Func<AppCaller, int, CancellationToken, Task> EnqueueAsync)
{
    /// <summary>Jobs that do nothing, in bulk.</summary>
    public static Backlog OfNoops(int warmUp, int jobs) =>
        new(warmUp, jobs, (caller, count, cancellation) => caller.EnqueueManyAsync("demo.noop", new { }, count, cancellation));

    /// <summary>Enqueues them, then has a new worker do them all.</summary>
    public async Task<BacklogRun> WorkOffAsync(BenchmarkRun run, CancellationToken cancellation)
    {
        var all = WarmUp + Jobs;
        var (servers, settings) = (run.Servers, AppSettings.New(run.Servers));
        var empty = await servers.UsedMemoryAsync();
        await using (var caller = await AppCaller.CreateAsync(settings, cancellation))
            await EnqueueAsync(caller, all, cancellation);
        var puts = await servers.Requests.CountPutsAsync(settings.Queue, cancellation);
        var queued = await servers.UsedMemoryAsync() - empty;

        await using var app = AppProcess.Start(settings);
        var progress = new JobProgress(settings, all, run.Clock);
        var from = Sample.Take(run.Clock, await progress.ReachAsync(WarmUp, app, cancellation), app.Pid, servers);
        await using var memory = new MemoryWatch(app.Pid, run.Clock);
        var to = Sample.Take(run.Clock, await progress.ReachAsync(all, app, cancellation), app.Pid, servers);

        await progress.AssertAllSucceededAsync();
        var requests = await servers.Requests.CountAsync(settings.Queue, cancellation);
        var finished = await servers.UsedMemoryAsync() - empty;
        return new(new(from, to, run.Clock), await memory.EndAsync(), puts, requests / (double)all, queued / (double?)all, finished / (double?)all);
    }
}
