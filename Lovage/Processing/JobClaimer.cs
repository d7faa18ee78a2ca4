using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;
using Lovage.Store.Redis;
using Lovage.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lovage.Processing;

/// <summary>Asks the store for jobs, and mends what a crash or a loss of the store left behind.</summary>
internal sealed partial class JobClaimer(
    IJobStore store, WorkerLease lease, RunningJobs running, RedisSweep sweep, RedisDeadLetters deadLetters, JobMetrics metrics,
    IOptions<LovageOptions> options, ILogger<JobClaimer> logger)
{
    /// <param name="jobs">The jobs.</param>
    /// <param name="alone">True if nothing else runs in this process.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="JobStoreUnavailableException">The store did not answer.</exception>
    public async Task<ClaimOutcome> ClaimAsync(IReadOnlyList<JobEnvelope> jobs, bool alone, CancellationToken cancellation)
    {
        var outcome = new ClaimOutcome();
        try
        {
            await ClaimAsync(jobs, alone, outcome, cancellation).ConfigureAwait(false);
            // Once: what still is not free was taken by another worker in between.
            if (outcome.Mended.Count > 0)
                await ClaimAsync([.. outcome.Mended], alone, outcome, cancellation).ConfigureAwait(false);
            return outcome;
        }
        catch
        {
            // Whoever asks again gets the same answers. If nobody does, the jobs count as forgotten and are given back.
            foreach (var claimed in outcome.Claimed)
                running.End(claimed);
            throw;
        }
    }

    private async Task ClaimAsync(IReadOnlyList<JobEnvelope> jobs, bool alone, ClaimOutcome outcome, CancellationToken cancellation)
    {
        var (held, answers) = await AskAsync(jobs, alone, cancellation).ConfigureAwait(false);
        for (var i = 0; i < jobs.Count; i++)
        {
            var job = jobs[i];
            switch (answers[i])
            {
                case ClaimAnswer.Run(var claim):
                    outcome.Claimed.Add(new(job, claim, held.Lost, running.Begin(job.Id)));
                    break;
                case ClaimAnswer.Early(var remaining):
                    outcome.Later.Add((job with { UnknownSince = null }, remaining));
                    break;
                case ClaimAnswer.Alone:
                    outcome.Alone.Add(job);
                    break;
                case ClaimAnswer.Held(var worker):
                    await LookAtHolderAsync(job, worker, outcome, cancellation).ConfigureAwait(false);
                    break;
                case ClaimAnswer.Unknown(var epoch):
                    await RebuildAsync(job, epoch, outcome, cancellation).ConfigureAwait(false);
                    break;
                case ClaimAnswer.Over { State: JobState.Expired, ByThisClaim: true }:
                    metrics.Finished(job.Name, JobOutcome.Expired);
                    break;
                default:
                    LogRepeated(job.Id, job.Name, "is over");
                    break;
            }
        }
    }

    private async Task<(HeldLease, IReadOnlyList<ClaimAnswer>)> AskAsync(IReadOnlyList<JobEnvelope> jobs, bool alone, CancellationToken cancellation)
    {
        while (true)
        {
            var held = await lease.GetAsync(cancellation).ConfigureAwait(false);
            try
            {
                return (held, await store.ClaimAsync(held.Worker, jobs, alone, cancellation).ConfigureAwait(false));
            }
            catch (WorkerLeaseLostException e)
            {
                await lease.RefreshAsync(e.Worker, cancellation).ConfigureAwait(false);
            }
        }
    }

    // A worker that is alive now may die before it settles: this message is sent once more for after its lease. The sweep is the net.
    private async Task LookAtHolderAsync(JobEnvelope job, WorkerId worker, ClaimOutcome outcome, CancellationToken cancellation)
    {
        if (await sweep.ReclaimAsync(job.Id, job.Name, worker, cancellation).ConfigureAwait(false) is { } state)
        {
            metrics.TakenBack(state);
            LogReclaimed(job.Id, job.Name, worker, state);
            if (state is JobState.Queued)
                outcome.Mended.Add(job);
        }
        else if (job.IsSecondLook)
        {
            LogRepeated(job.Id, job.Name, "runs elsewhere");
        }
        else
        {
            outcome.Later.Add((job with { IsSecondLook = true, UnknownSince = null }, options.Value.LeaseDuration));
        }
    }

    // With the epoch of today's store the job was there, ended and was trimmed. With another, the record went with its store.
    private async Task RebuildAsync(JobEnvelope job, string? epoch, ClaimOutcome outcome, CancellationToken cancellation)
    {
        if (job.Epoch is not null && job.Epoch == epoch)
        {
            LogRepeated(job.Id, job.Name, "is over and forgotten");
        }
        else if (job.Arguments is null)
        {
            LogLost(job.Id, job.Name);
            var error = new JobError("Lovage.RecordLost", "The store that held the job's record and its large arguments is gone.");
            await deadLetters.BuryAsync(new(job.Id, job.Name, "", FailureReason.RecordLost, error), cancellation).ConfigureAwait(false);
        }
        else
        {
            var origin = job.Epoch is null && StoreEpoch.HasSeenBirthOf(epoch, job.Id) ? JobOrigin.Message : JobOrigin.Rebuilt;
            await store.CreateAsync([job with { Origin = origin }], cancellation).ConfigureAwait(false);
            LogRebuilt(job.Id, job.Name);
            outcome.Mended.Add(job);
        }
    }

    [LoggerMessage(EventIds.JobReclaimed, LogLevel.Warning, "The worker {Worker} of job {Id} ({Name}) is gone; the job is {State} now")]
    private partial void LogReclaimed(JobId id, string name, WorkerId worker, JobState state);

    [LoggerMessage(EventIds.MessageRepeated, LogLevel.Debug, "Message for job {Id} ({Name}) dropped: the job {Reason}")]
    private partial void LogRepeated(JobId id, string name, string reason);

    [LoggerMessage(EventIds.JobForgotten, LogLevel.Error, "Job {Id} ({Name}) is lost: the store that held its record and its large arguments is gone")]
    private partial void LogLost(JobId id, string name);

    [LoggerMessage(EventIds.JobRebuilt, LogLevel.Information, "Job {Id} ({Name}) has no record in this store; recorded from its message")]
    private partial void LogRebuilt(JobId id, string name);
}
