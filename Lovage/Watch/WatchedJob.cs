using Lovage.Jobs;
using Lovage.Store;

namespace Lovage.Watch;

/// <summary>A job that somebody watches: read when the store says that it has changed, and shown to all as a chain of views.</summary>
internal sealed class WatchedJob : IAsyncDisposable
{
    // The store's word may be lost with a connection: then a change is seen late, not never.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(2);

    // Where the store gives no word at all.
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(250);

    private readonly JobId id;
    private readonly IJobStore store;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource stop = new();
    private readonly Task watching;
    private TaskCompletionSource<View> next = NewView();
    private volatile TaskCompletionSource heard = new();
    private volatile Task<View> latest;
    private volatile bool hasEnded;

    public WatchedJob(JobId id, IJobStore store, TimeProvider time)
    {
        (this.id, this.store, this.time, latest) = (id, store, time, next.Task);
        watching = WatchAsync(stop.Token);
    }

    /// <summary>How many watch; under the lock of their owner.</summary>
    public int Watchers { get; set; }

    /// <summary>The latest view, or the first one that is to come.</summary>
    public Task<View> Latest => latest;

    /// <summary>True if no view follows: the job has ended, is not there, or could not be read.</summary>
    public bool HasEnded => hasEnded;

    /// <summary>When its last watcher has left.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await watching.ConfigureAwait(false);
        stop.Dispose();
    }

    private async Task WatchAsync(CancellationToken cancellation)
    {
        try
        {
            // Before the first look: what changes after it is heard.
            await using var subscription = await SubscribeAsync(cancellation).ConfigureAwait(false);
            await LookAsync(subscription is null ? Often : LongestSilence, cancellation).ConfigureAwait(false);
        }
        // Its watchers are told, whatever it is.
        catch (Exception e)
        {
            hasEnded = true;
            next.SetException(e);
            // Seen, also if nobody waits for it any more.
            _ = next.Task.Exception;
        }
    }

    private async Task<IAsyncDisposable?> SubscribeAsync(CancellationToken cancellation)
    {
        try
        {
            return await store.WatchAsync(id, () => heard.TrySetResult(), cancellation).ConfigureAwait(false);
        }
        catch (JobStoreUnavailableException)
        {
            return null;
        }
    }

    private async Task LookAsync(TimeSpan silence, CancellationToken cancellation)
    {
        var shown = -1L;
        while (true)
        {
            var change = heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
            var job = await store.GetAsync(id, cancellation).ConfigureAwait(false);
            var isLast = job?.State.IsFinal() != false;
            var number = job?.Changes is [.., { } last] ? last.Number : 0;
            if (isLast || number != shown)
                Show(job, isLast);
            if (isLast)
                return;
            shown = number;
            await change.Task.WaitAsync(silence, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private void Show(JobRecord? job, bool isLast)
    {
        var (shown, following) = (next, NewView());
        hasEnded = isLast;
        next = following;
        latest = shown.Task;
        shown.SetResult(new(job, isLast ? null : following.Task));
    }

    private static TaskCompletionSource<View> NewView() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="Job">The job; null if there is none.</param>
    /// <param name="Next">The view after this; null if this is the last.</param>
    internal sealed record View(JobRecord? Job, Task<View>? Next);
}
