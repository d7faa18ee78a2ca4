using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;

namespace FunctionApp.Tests.Guarantees.Soak.Load;

/// <summary>The real store. Tells which ids are about to be recorded: if the answer is lost, these jobs may exist all the same.</summary>
internal sealed class NotingStore(IJobStore store) : IJobStore
{
    /// <summary>Called before jobs are recorded, in the order of their requests.</summary>
    public Action<IReadOnlyList<JobId>> Creating { get; set; } = _ => { };

    public Task<CreatedJobs> CreateAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellation)
    {
        Creating([.. jobs.Select(job => job.Id)]);
        return store.CreateAsync(jobs, cancellation);
    }

    public Task<JobRecord?> GetAsync(JobId id, CancellationToken cancellation) => store.GetAsync(id, cancellation);

    public Task<IReadOnlyList<ClaimAnswer>> ClaimAsync(WorkerId worker, IReadOnlyList<JobEnvelope> jobs, bool alone, CancellationToken cancellation) =>
        store.ClaimAsync(worker, jobs, alone, cancellation);

    public Task<SettleAnswer> SettleAsync(JobClaim claim, Settlement settlement, CancellationToken cancellation) =>
        store.SettleAsync(claim, settlement, cancellation);

    public Task<bool> RestoreAsync(JobEnvelope job, JobClaim claim, Settlement settlement, CancellationToken cancellation) =>
        store.RestoreAsync(job, claim, settlement, cancellation);

    public Task<JobState?> CancelAsync(JobId id, CancellationToken cancellation) => store.CancelAsync(id, cancellation);

    public Task ReportProgressAsync(JobClaim claim, JobProgress progress, CancellationToken cancellation) =>
        store.ReportProgressAsync(claim, progress, cancellation);

    public Task CheckAsync(CancellationToken cancellation) => store.CheckAsync(cancellation);
}
