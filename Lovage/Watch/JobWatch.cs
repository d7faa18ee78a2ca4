using System.Runtime.CompilerServices;
using Lovage.Jobs;
using Lovage.Store;

namespace Lovage.Watch;

/// <summary>Shows jobs as they change. However many watch the same job in this process, it is read once for all of them.</summary>
internal sealed class JobWatch(IJobStore store, TimeProvider time)
{
    private readonly Dictionary<JobId, WatchedJob> watched = [];
    private readonly Lock gate = new();

    /// <summary>The job as it is now and after each change, until it has ended; nothing if there is none. Changes that follow closely come as one.</summary>
    /// <exception cref="JobStoreUnavailableException">The store did not answer.</exception>
    public async IAsyncEnumerable<JobRecord> ForAsync(JobId id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var job = Join(id);
        try
        {
            Task<WatchedJob.View>? next = job.Latest;
            while (next is not null)
            {
                var view = await next.WaitAsync(cancellation).ConfigureAwait(false);
                if (view.Job is { } record)
                    yield return record;
                next = view.Next;
            }
        }
        finally
        {
            if (Leave(id, job))
                await job.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <returns>The job as it is when it has ended or the time is over; null if there is none.</returns>
    /// <exception cref="JobStoreUnavailableException">The store did not answer.</exception>
    public async Task<JobRecord?> ForEndAsync(JobId id, TimeSpan atMost, CancellationToken cancellation)
    {
        if (atMost <= TimeSpan.Zero)
            return await store.GetAsync(id, cancellation).ConfigureAwait(false);
        using var over = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellation);
        JobRecord? latest = null;
        try
        {
            await foreach (var job in ForAsync(id, either.Token).ConfigureAwait(false))
                latest = job;
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            // Before there was a first look: the store takes longer than the caller would wait.
            latest ??= await store.GetAsync(id, cancellation).ConfigureAwait(false);
        }
        return latest;
    }

    private WatchedJob Join(JobId id)
    {
        lock (gate)
        {
            // One that has ended shows what was: the job may have been replayed since.
            if (!watched.TryGetValue(id, out var job) || job.HasEnded)
                watched[id] = job = new(id, store, time);
            job.Watchers++;
            return job;
        }
    }

    private bool Leave(JobId id, WatchedJob job)
    {
        lock (gate)
        {
            if (--job.Watchers > 0)
                return false;
            if (watched.GetValueOrDefault(id) == job)
                watched.Remove(id);
            return true;
        }
    }
}
