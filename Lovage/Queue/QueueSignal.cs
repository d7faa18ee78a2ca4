using Lovage.Processing;
using Lovage.Store;
using Lovage.Store.Redis;

namespace Lovage.Queue;

/// <summary>
/// Says when there is a new message in the queue, so that a host that can be woken need not wait until it looks again: at once when this process has
/// sent it, through the store when another has. Nothing depends on it: a signal may be lost, and a host that cannot be woken never asks for them.
/// </summary>
public sealed class QueueSignal
{
    private readonly RedisConnection connection;
    private readonly TimeProvider time;

    // Its own messages come back to a process that listens.
    private readonly string self = Guid.NewGuid().ToString("N");
    private readonly string channel;
    private Action? heard;

    internal QueueSignal(RedisConnection connection, TimeProvider time) => (this.connection, this.time, channel) = (connection, time, (string)connection.Keys.Rung!);

    /// <summary>Calls <paramref name="wake"/> for each signal, on any thread, until it is cancelled.</summary>
    /// <param name="wake">Must not block.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task ListenAsync(Action wake, CancellationToken cancellation)
    {
        heard += wake;
        try
        {
            await using var subscription = await SubscribeAsync(wake, cancellation).ConfigureAwait(false);
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // It had not yet been able to hear the others.
        }
        finally
        {
            heard -= wake;
        }
    }

    /// <summary>This process has sent a message.</summary>
    internal void Sent() => heard?.Invoke();

    /// <summary>Tells other processes. Only one that listens does: all processes of an app run on the same kind of host.</summary>
    internal void TellOthers()
    {
        if (heard is not null)
            connection.Publish(channel, self);
    }

    private async Task<IAsyncDisposable> SubscribeAsync(Action wake, CancellationToken cancellation)
    {
        var backOff = new BackOff(time);
        while (true)
        {
            try
            {
                return await connection.SubscribeAsync(channel, sender => { if (sender != self) wake(); }, cancellation).ConfigureAwait(false);
            }
            catch (JobStoreUnavailableException)
            {
                // Whoever needs the store says that it is down.
                await backOff.WaitAsync(cancellation).ConfigureAwait(false);
            }
        }
    }
}
