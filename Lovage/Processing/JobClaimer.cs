using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;
using Lovage.Store.Redis;
using Microsoft.Extensions.Logging;

namespace Lovage.Processing;

/// <summary>Asks the store for jobs, and first mends what a crash or a loss of the store left behind.</summary>
internal sealed partial class JobClaimer(IJobStore store, WorkerLease lease, ILogger<JobClaimer> logger)
{
    /// <returns>The jobs to run; the others need no run, and the log says why.</returns>
    /// <exception cref="JobStoreUnavailableException">The store did not answer.</exception>
    public async Task<IReadOnlyList<ClaimedJob>> ClaimAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellation)
    {
        var claimed = new List<ClaimedJob>(jobs.Count);
        var mended = await ClaimAsync(jobs, claimed, cancellation).ConfigureAwait(false);
        // Once: what still is not free was taken by another worker in between.
        if (mended.Count > 0)
            await ClaimAsync(mended, claimed, cancellation).ConfigureAwait(false);
        return claimed;
    }

    private async Task<List<JobEnvelope>> ClaimAsync(IReadOnlyList<JobEnvelope> jobs, List<ClaimedJob> claimed, CancellationToken cancellation)
    {
        var (held, answers) = await AskAsync(jobs, cancellation).ConfigureAwait(false);
        var mended = new List<JobEnvelope>();
        for (var i = 0; i < jobs.Count; i++)
        {
            if (answers[i] is ClaimAnswer.Run run)
                claimed.Add(new(jobs[i], run.Claim, held.Lost));
            else if (await MendAsync(jobs[i], answers[i], cancellation).ConfigureAwait(false))
                mended.Add(jobs[i]);
        }
        return mended;
    }

    private async Task<(HeldLease, IReadOnlyList<ClaimAnswer>)> AskAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellation)
    {
        while (true)
        {
            var held = await lease.GetAsync(cancellation).ConfigureAwait(false);
            try
            {
                return (held, await store.ClaimAsync(held.Worker, jobs, cancellation).ConfigureAwait(false));
            }
            catch (WorkerLeaseLostException e)
            {
                lease.ReportLost(e.Worker);
            }
        }
    }

    /// <returns>True if the job may be free now.</returns>
    private async Task<bool> MendAsync(JobEnvelope job, ClaimAnswer answer, CancellationToken cancellation)
    {
        switch (answer)
        {
            case ClaimAnswer.Held(var worker):
                var reclaimed = await store.ReclaimAsync(job.Id, worker, cancellation).ConfigureAwait(false);
                if (reclaimed)
                    LogReclaimed(job.Id, job.Name, worker);
                else
                    LogRepeated(job.Id, job.Name, "runs elsewhere");
                return reclaimed;
            // With the epoch of today's store the job was there, ended and was trimmed. With another, the record went with its store.
            case ClaimAnswer.Unknown(var epoch) when job.Epoch is not null && job.Epoch == epoch:
                LogRepeated(job.Id, job.Name, "is over and forgotten");
                return false;
            case ClaimAnswer.Unknown when job.Arguments is null:
                LogForgotten(job.Id, job.Name);
                return false;
            case ClaimAnswer.Unknown:
                await store.CreateAsync([job], cancellation).ConfigureAwait(false);
                LogRebuilt(job.Id, job.Name);
                return true;
            default:
                LogRepeated(job.Id, job.Name, "is over");
                return false;
        }
    }

    [LoggerMessage(EventIds.JobReclaimed, LogLevel.Warning, "Job {Id} ({Name}) runs again: its worker {Worker} is gone")]
    private partial void LogReclaimed(JobId id, string name, WorkerId worker);

    [LoggerMessage(EventIds.MessageRepeated, LogLevel.Debug, "Message for job {Id} ({Name}) dropped: the job {Reason}")]
    private partial void LogRepeated(JobId id, string name, string reason);

    [LoggerMessage(EventIds.JobForgotten, LogLevel.Error, "Job {Id} ({Name}) is lost: the store that held its record and its large arguments is gone")]
    private partial void LogForgotten(JobId id, string name);

    [LoggerMessage(EventIds.JobRebuilt, LogLevel.Information, "Job {Id} ({Name}) has no record in this store; recorded from its message")]
    private partial void LogRebuilt(JobId id, string name);
}
