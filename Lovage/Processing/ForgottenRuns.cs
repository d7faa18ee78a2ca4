using Lovage.Jobs;
using Lovage.Store;
using Lovage.Store.Redis;
using Microsoft.Extensions.Logging;

namespace Lovage.Processing;

/// <summary>
/// Gives back jobs that the store counts as running here, although nothing here runs them: the answer to their claim was lost, and
/// the message was handed back before it could be asked for again.
/// </summary>
internal sealed partial class ForgottenRuns(RedisSweep store, WorkerLease lease, RunningJobs running, ILogger<ForgottenRuns> logger)
{
    private HashSet<JobId> seen = [];

    /// <summary>Looks once. A job is given back when it is found so twice in a row: the first time its claim may just be on its way here.</summary>
    /// <exception cref="JobStoreUnavailableException">The store did not answer.</exception>
    public async Task GiveBackAsync(CancellationToken cancellation)
    {
        if (lease.Worker is not { } worker)
            return;
        var held = await store.HeldAsync(worker, cancellation).ConfigureAwait(false);
        var unknown = held.Where(id => !running.Contains(id)).ToHashSet();
        foreach (var id in unknown.Where(seen.Contains))
        {
            if (await store.DisownAsync(id, worker, cancellation).ConfigureAwait(false) is { } state)
                LogForgotten(id, state);
        }
        seen = unknown;
    }

    [LoggerMessage(EventIds.RunForgotten, LogLevel.Warning, "Job {Id} was claimed here, but the answer was lost; it is {State} now")]
    private partial void LogForgotten(JobId id, JobState state);
}
