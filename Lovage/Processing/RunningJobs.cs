using System.Collections.Concurrent;
using Lovage.Jobs;

namespace Lovage.Processing;

/// <summary>The jobs that run in this process, so that one can be cancelled.</summary>
internal sealed class RunningJobs
{
    private readonly ConcurrentDictionary<JobId, CancellationTokenSource> running = new();

    /// <summary>Notes a run. The token fires when the job is to be cancelled.</summary>
    public CancellationToken Begin(JobId id) => running.GetOrAdd(id, _ => new CancellationTokenSource()).Token;

    public void End(JobId id) => running.TryRemove(id, out _);

    /// <returns>False if it does not run here.</returns>
    public bool Cancel(JobId id)
    {
        if (!running.TryGetValue(id, out var source))
            return false;
        // Not here and now: this is the thread that renews the lease, and callbacks of jobs may take their time.
        _ = source.CancelAsync();
        return true;
    }
}
