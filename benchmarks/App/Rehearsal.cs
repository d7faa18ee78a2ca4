using Benchmarks.Harness;
using Benchmarks.Measuring;
using StackExchange.Redis;

namespace Benchmarks.App;

/// <summary>
/// Has the app run a few of the jobs before they are measured, as any app has that was not installed this minute: how many jobs share a message depends on
/// how long they took before.
/// </summary>
internal static class Rehearsal
{
    private const int Jobs = 20;

    // Workers tell each other with every sweep.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>With jobs that do nothing.</summary>
    public static Task<int> PlayNoopsAsync(BenchmarkRun run, AppSettings settings, CancellationToken cancellation) =>
        PlayAsync(run, settings, (caller, count, stop) => caller.EnqueueNoopsAsync(count, stop), cancellation);

    /// <summary>With what is measured afterwards. Also where the app that is measured runs no jobs: another process does then.</summary>
    /// <returns>So many jobs are done now.</returns>
    public static async Task<int> PlayAsync(BenchmarkRun run, AppSettings settings, Func<AppCaller, int, CancellationToken, Task> enqueue, CancellationToken cancellation)
    {
        if (run.Size.IsSmall)
            return 0;
        await using var app = AppProcess.Start(settings with { HasWorker = true });
        await using (var caller = await AppCaller.CreateAsync(settings, cancellation))
            await enqueue(caller, Jobs, cancellation);
        await new JobProgress(settings, Jobs, run.Clock).ReachAsync(Jobs, app, cancellation);

        RedisKey told = $"{{{settings.KeyPrefix}}}:durations";
        var began = run.Clock.GetTimestamp();
        while (!await settings.Servers.Redis.GetDatabase().KeyExistsAsync(told) && run.Clock.GetElapsedTime(began) < Patience)
            await Task.Delay(Pause, run.Clock, cancellation);
        return Jobs;
    }
}
