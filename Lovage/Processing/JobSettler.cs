using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;
using Lovage.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lovage.Processing;

/// <summary>Records how a run ended, and has the job rung again where it is to run again.</summary>
internal sealed partial class JobSettler(IJobStore store, IJobQueue queue, RunningJobs running, JobMetrics metrics, IOptions<LovageOptions> options, TimeProvider time, ILogger<JobSettler> logger)
{
    /// <summary>Settles, and keeps trying while the store does not answer: the work is done, and would be done again.</summary>
    /// <exception cref="JobStoreUnavailableException">The process must stop before the store answers; the job runs again.</exception>
    public async Task SettleAsync(ClaimedJob job, Settlement settlement, CancellationToken shutdown)
    {
        try
        {
            await TryUntilAsync(job, settlement, shutdown).ConfigureAwait(false);
        }
        finally
        {
            running.End(job);
        }
    }

    private async Task TryUntilAsync(ClaimedJob job, Settlement settlement, CancellationToken shutdown)
    {
        var backOff = new BackOff(time);
        while (true)
        {
            try
            {
                var state = await TryAsync(job, settlement).ConfigureAwait(false);
                metrics.Finished(job.Envelope.Name, JobOutcome.Of(settlement, state));
                if (state is JobState.Queued or JobState.Scheduled)
                    await RingAsync(job, settlement).ConfigureAwait(false);
                return;
            }
            catch (JobStoreUnavailableException e) when (!shutdown.IsCancellationRequested)
            {
                LogStoreUnavailable(e.Message);
                await backOff.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async Task<JobState?> TryAsync(ClaimedJob job, Settlement settlement)
    {
        var (envelope, claim) = (job.Envelope, job.Claim);
        var answer = await store.SettleAsync(claim, settlement, CancellationToken.None).ConfigureAwait(false);
        if (answer.State is not null)
            return answer.State;
        if (!answer.IsGone)
        {
            LogStale(envelope.Id, envelope.Name, settlement.Event);
            return null;
        }
        return await RestoreAsync(envelope, claim, settlement).ConfigureAwait(false);
    }

    // The store lost its data while the job ran. What has ended is recorded as ended; what is to run again is recorded anew.
    private async Task<JobState?> RestoreAsync(JobEnvelope envelope, JobClaim claim, Settlement settlement)
    {
        LogRestored(envelope.Id, envelope.Name, settlement.Event);
        var state = JobLifecycle.Next(JobState.Running, settlement.Event)!.Value;
        if (state.IsFinal())
        {
            await store.RestoreAsync(envelope, claim, settlement, CancellationToken.None).ConfigureAwait(false);
            return state;
        }
        var again = envelope with
        {
            Arguments = envelope.Arguments ?? claim.Arguments,
            NotBefore = null,
            Delay = settlement.Delay,
            Origin = JobOrigin.Rebuilt,
            TraceParent = settlement.TraceParent ?? envelope.TraceParent,
        };
        await store.CreateAsync([again], CancellationToken.None).ConfigureAwait(false);
        return state;
    }

    // The record says what is to happen. If the message is lost, the sweep rings when its time has come.
    private async Task RingAsync(ClaimedJob job, Settlement settlement)
    {
        try
        {
            var again = job.Envelope with { NotBefore = null, IsSecondLook = false, TraceParent = settlement.TraceParent ?? job.Envelope.TraceParent };
            // Jobs are given back many at a time; what failed runs again by itself.
            await queue.SendAsync([again], settlement.Event is JobEvent.Release ? options.Value.Concurrency : 1, settlement.Delay, CancellationToken.None).ConfigureAwait(false);
        }
        catch (JobQueueUnavailableException e)
        {
            LogNotRung(e, job.Envelope.Id, job.Envelope.Name);
        }
    }

    [LoggerMessage(EventIds.StaleSettlement, LogLevel.Warning, "Job {Id} ({Name}) ended here ({Event}), but its claim is no longer valid: the job was taken back from this worker")]
    private partial void LogStale(JobId id, string name, JobEvent @event);

    [LoggerMessage(EventIds.JobRestored, LogLevel.Warning, "Job {Id} ({Name}) has lost its record while it ran; recorded anew as it ended ({Event})")]
    private partial void LogRestored(JobId id, string name, JobEvent @event);

    [LoggerMessage(EventIds.StoreUnavailable, LogLevel.Warning, "{Error} Trying again.")]
    private partial void LogStoreUnavailable(string error);

    [LoggerMessage(EventIds.DoorbellNotRung, LogLevel.Warning, "No message could be sent for the next run of job {Id} ({Name}); the sweep will send one")]
    private partial void LogNotRung(Exception exception, JobId id, string name);
}
