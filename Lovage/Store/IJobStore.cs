using Lovage.Jobs;
using Lovage.Queue;

namespace Lovage.Store;

/// <summary>
/// The record of every job. Each call is atomic per job, and harmless when repeated after an ambiguous failure.
/// All of them throw <see cref="JobStoreUnavailableException"/> when the store does not answer.
/// </summary>
internal interface IJobStore
{
    /// <summary>Records jobs as queued; one that is recorded already is left as it is.</summary>
    /// <returns>The store's epoch, for the envelopes.</returns>
    Task<string> CreateAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellation);

    /// <summary>Reads a job, or null if there is none.</summary>
    Task<JobRecord?> GetAsync(JobId id, CancellationToken cancellation);

    /// <summary>Takes queued jobs for a worker; one answer for each, in order.</summary>
    /// <exception cref="WorkerLeaseLostException">The worker has no lease; nothing was claimed.</exception>
    Task<IReadOnlyList<ClaimAnswer>> ClaimAsync(WorkerId worker, IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellation);

    /// <summary>Puts a running job back to queued if its worker's lease has run out.</summary>
    /// <returns>False if the worker is alive or the job has moved on.</returns>
    Task<bool> ReclaimAsync(JobId id, WorkerId worker, CancellationToken cancellation);

    /// <summary>Ends a run.</summary>
    /// <returns>False if the claim is no longer the job's: nothing was changed.</returns>
    Task<bool> SettleAsync(JobClaim claim, Settlement settlement, CancellationToken cancellation);

    /// <summary>Notes how far a run is; without effect if the claim is no longer the job's.</summary>
    Task ReportProgressAsync(JobClaim claim, JobProgress progress, CancellationToken cancellation);

    /// <summary>Makes sure that the store answers.</summary>
    Task CheckAsync(CancellationToken cancellation);
}
