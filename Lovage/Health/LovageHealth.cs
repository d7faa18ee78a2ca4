using Lovage.Queue;
using Lovage.Store;

namespace Lovage.Health;

/// <summary>Tells whether jobs can be enqueued and run now.</summary>
public sealed class LovageHealth
{
    private readonly IJobStore store;
    private readonly IJobQueue queue;

    internal LovageHealth(IJobStore store, IJobQueue queue) => (this.store, this.queue) = (store, queue);

    /// <summary>Asks store and queue, side by side.</summary>
    public async Task<HealthReport> CheckAsync(CancellationToken cancellation)
    {
        var storeError = Try(store.CheckAsync(cancellation));
        var queueError = Try(queue.CheckAsync(cancellation));
        return new(await storeError.ConfigureAwait(false), await queueError.ConfigureAwait(false));
    }

    private static async Task<string?> Try(Task check)
    {
        try
        {
            await check.ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is JobStoreUnavailableException or JobQueueUnavailableException)
        {
            return e.Message;
        }
    }
}
