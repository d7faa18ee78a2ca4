using Lovage.Effects;
using Lovage.Jobs;
using Lovage.Queue;

namespace Lovage.Store;

/// <summary>
/// The record of every job. Each call is atomic per job, and harmless when repeated after an ambiguous failure.
/// All of them throw <see cref="JobStoreUnavailableException"/> when the store does not answer.
/// </summary>
internal interface IJobStore
{
    /// <summary>Records jobs as queued or scheduled; one that is recorded already is left as it is.</summary>
    Task<CreatedJobs> CreateAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellation);

    /// <summary>Reads a job, or null if there is none.</summary>
    Task<JobRecord?> GetAsync(JobId id, CancellationToken cancellation);

    /// <summary>Calls <paramref name="changed"/> after each change of a job until the result is disposed. Calls may be lost, and come on any thread.</summary>
    Task<IAsyncDisposable> WatchAsync(JobId id, Action changed, CancellationToken cancellation);

    /// <summary>Takes jobs whose time has come for a worker; one answer for each, in order.</summary>
    /// <param name="worker">Who would run them.</param>
    /// <param name="jobs">The jobs.</param>
    /// <param name="alone">True if nothing else runs in the process: only then one is given that may have crashed another.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="WorkerLeaseLostException">The worker has no lease; nothing was claimed.</exception>
    Task<IReadOnlyList<ClaimAnswer>> ClaimAsync(WorkerId worker, IReadOnlyList<JobEnvelope> jobs, bool alone, CancellationToken cancellation);

    /// <summary>Ends a run.</summary>
    Task<SettleAnswer> SettleAsync(JobClaim claim, Settlement settlement, CancellationToken cancellation);

    /// <summary>Records the end of a run whose record was lost, from the worker's copy; never over a record that exists.</summary>
    Task<bool> RestoreAsync(JobEnvelope job, JobClaim claim, Settlement settlement, CancellationToken cancellation);

    /// <summary>Cancels a job that has not begun, asks for it if it runs.</summary>
    /// <returns>The state that it has now, or null if there is no such job.</returns>
    Task<JobState?> CancelAsync(JobId id, CancellationToken cancellation);

    /// <summary>Notes how far a run is; without effect if the claim is no longer the job's.</summary>
    Task ReportProgressAsync(JobClaim claim, JobProgress progress, CancellationToken cancellation);

    /// <summary>Notes that a run is about to make an effect, unless it was made or may have been.</summary>
    Task<EffectAnswer> IntendAsync(EffectIntent intent, CancellationToken cancellation);

    /// <summary>Notes that an effect was made, also when the run no longer has the job.</summary>
    /// <returns>False if the intent is gone: the store was lost.</returns>
    Task<bool> ConcludeAsync(EffectIntent intent, ReadOnlyMemory<byte> value, CancellationToken cancellation);

    /// <summary>Notes that an effect was certainly not made.</summary>
    /// <returns>False if the intent is gone: the store was lost.</returns>
    Task<bool> WithdrawAsync(EffectIntent intent, CancellationToken cancellation);

    /// <summary>Makes sure that the store answers, and takes writes.</summary>
    Task CheckAsync(CancellationToken cancellation);
}
