using Lovage.Processing;
using Lovage.Queue;
using Lovage.Store;
using Microsoft.Extensions.Options;

namespace Lovage.Health;

/// <summary>Tells whether jobs can be enqueued and run now, and whether this process gets on.</summary>
public sealed class LovageHealth
{
    // Who asks waits, and asks again. A server that hangs is unhealthy without ever saying so.
    private static readonly TimeSpan LongestCheck = TimeSpan.FromSeconds(10);

    private readonly IJobStore store;
    private readonly IJobQueue queue;
    private readonly Heartbeats heartbeats;
    private readonly AbandonedBodies abandoned;
    private readonly IOptions<LovageOptions> options;
    private readonly TimeProvider time;

    internal LovageHealth(IJobStore store, IJobQueue queue, Heartbeats heartbeats, AbandonedBodies abandoned, IOptions<LovageOptions> options, TimeProvider time) =>
        (this.store, this.queue, this.heartbeats, this.abandoned, this.options, this.time) = (store, queue, heartbeats, abandoned, options, time);

    /// <summary>Asks store and queue, side by side. For readiness: a process that is not ready may be so again without being restarted.</summary>
    /// <param name="cancellation">Gives up waiting. Each is given 10 seconds to answer.</param>
    public async Task<HealthReport> CheckAsync(CancellationToken cancellation)
    {
        var (storeError, queueError) = (CheckStoreAsync(cancellation), CheckQueueAsync(cancellation));
        return new(await storeError.ConfigureAwait(false), await queueError.ConfigureAwait(false));
    }

    /// <summary>Asks the store alone.</summary>
    /// <param name="cancellation">Gives up waiting. It is given 10 seconds to answer.</param>
    /// <returns>Why it cannot be used, or null.</returns>
    public Task<string?> CheckStoreAsync(CancellationToken cancellation) => Try("The job store (Redis)", store.CheckAsync, cancellation);

    /// <summary>Asks the queue alone, and makes it if it is not there.</summary>
    /// <param name="cancellation">Gives up waiting. It is given 10 seconds to answer.</param>
    /// <returns>Why it cannot be used, or null.</returns>
    public Task<string?> CheckQueueAsync(CancellationToken cancellation) => Try("The storage queue", queue.CheckAsync, cancellation);

    /// <summary>
    /// Looks whether the engine's loops in this process come round, and whether there is room for jobs. Asks no server and costs nothing. For liveness:
    /// a server that is down leaves the process alive; a call that hangs for ever, or bodies that cannot be stopped, do not.
    /// </summary>
    public ProgressReport CheckProgress() => new(heartbeats.Look(), abandoned.Count, options.Value.Concurrency);

    private async Task<string?> Try(string server, Func<CancellationToken, Task> check, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(LongestCheck, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await check(either.Token).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is JobStoreUnavailableException or JobQueueUnavailableException)
        {
            return e.Message;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return $"{server} is unavailable: it did not answer within {LongestCheck.TotalSeconds} s.";
        }
    }
}
