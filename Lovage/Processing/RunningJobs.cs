using System.Collections.Concurrent;
using Lovage.Jobs;
using Microsoft.Extensions.Logging;

namespace Lovage.Processing;

/// <summary>The jobs of this process, from the claim until they are settled: so that one can be cancelled, and one that was forgotten is found.</summary>
internal sealed class RunningJobs(ILogger<RunningJobs> logger)
{
    private readonly ConcurrentDictionary<JobId, CancellationTokenSource> running = new();

    /// <summary>Notes a run. The token fires when the job is to be cancelled.</summary>
    public CancellationToken Begin(JobId id)
    {
        // An earlier run of the same job that goes on here has lost its claim: only the new one is to hear of anything.
        var source = new CancellationTokenSource();
        running[id] = source;
        return source.Token;
    }

    /// <summary>Forgets a run, but not a later one of the same job: that would be taken for forgotten, and given to another worker while it runs.</summary>
    public void End(ClaimedJob job)
    {
        if (running.TryGetValue(job.Envelope.Id, out var source) && source.Token == job.Cancelled)
            running.TryRemove(new(job.Envelope.Id, source));
    }

    public bool Contains(JobId id) => running.ContainsKey(id);

    /// <returns>False if it does not run here.</returns>
    public bool Cancel(JobId id)
    {
        if (!running.TryGetValue(id, out var source))
            return false;
        JobCancellation.Fire(source, logger);
        return true;
    }
}
