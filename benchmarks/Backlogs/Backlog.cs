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
        new(warmUp, jobs, (caller, count, cancellation) => caller.EnqueueNoopsAsync(count, cancellation));

    /// <summary>Enqueues them, then has a new worker do them all.</summary>
    public async Task<BacklogRun> WorkOffAsync(BenchmarkRun run, CancellationToken cancellation)
    {
        var (servers, settings) = (run.Servers, AppSettings.New(run.Servers));
        var before = await Rehearsal.PlayAsync(run, settings, EnqueueAsync, cancellation);
        var count = WarmUp + Jobs;
        var (requested, put, empty) = (await RequestsAsync(), await PutsAsync(), await servers.UsedMemoryAsync());
        await using (var caller = await AppCaller.CreateAsync(settings, cancellation))
            await EnqueueAsync(caller, count, cancellation);
        var messages = await PutsAsync() - put;
        var queued = await servers.UsedMemoryAsync() - empty;

        await using var app = AppProcess.Start(settings);
        var progress = new JobProgress(settings, before + count, run.Clock);
        var from = Sample.Take(run.Clock, await progress.ReachAsync(before + WarmUp, app, cancellation), app.Pid, servers);
        await using var memory = new MemoryWatch(app.Pid, run.Clock);
        var to = Sample.Take(run.Clock, await progress.ReachAsync(before + count, app, cancellation), app.Pid, servers);

        await progress.AssertAllSucceededAsync();
        var finished = await servers.UsedMemoryAsync() - empty;
        var requests = await RequestsAsync() - requested;
        return new(new(from, to, run.Clock), await memory.EndAsync(), messages, requests / (double)count, queued / (double?)count, finished / (double?)count);

        Task<long> RequestsAsync() => servers.Requests.CountAsync(settings.Queue, cancellation);
        Task<long> PutsAsync() => servers.Requests.CountPutsAsync(settings.Queue, cancellation);
    }
}
