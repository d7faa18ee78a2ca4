using System.Collections.Concurrent;
using Lovage.Jobs;
using Microsoft.Extensions.Logging;

namespace Lovage.Processing;

/// <summary>The jobs of this process, from the claim until they are settled: so that one can be cancelled, and one that was forgotten is found.</summary>
internal sealed class RunningJobs(ILogger<RunningJobs> logger)
{
    private readonly ConcurrentDictionary<JobId, CancellationTokenSource> running = new();

    /// <summary>Notes a run. The token fires when the job is to be cancelled.</summary>
    public CancellationToken Begin(JobId id) => running.GetOrAdd(id, _ => new CancellationTokenSource()).Token;

    public void End(JobId id) => running.TryRemove(id, out _);

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
