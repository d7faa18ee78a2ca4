using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;

namespace FunctionApp.Tests.Lovage.Model;

// What workers ask for.
internal sealed partial class ReferenceStore
{
    public bool IsAlive(WorkerId worker) => leases.Contains(worker.Value);

    /// <returns>The epoch.</returns>
    public string Lease(WorkerId worker, string newEpoch)
    {
        leases.Add(worker.Value);
        workers.Add(worker.Value);
        return Live(newEpoch);
    }

    /// <summary>Its process dies, or is paused until its lease has run out.</summary>
    public void LoseLease(WorkerId worker) => leases.Remove(worker.Value);

    /// <param name="worker">Who renews.</param>
    /// <param name="epoch">The store as the worker knows it.</param>
    /// <param name="newEpoch">For a store that has none.</param>
    public string Renew(WorkerId worker, string epoch, string newEpoch)
    {
        Live(newEpoch);
        if (IsAlive(worker))
            return "held";
        if (Epoch == epoch)
            return "lost";
        Lease(worker, newEpoch);
        return "restored";
    }

    /// <summary>The jobs of this worker that somebody wants to be cancelled.</summary>
    public IEnumerable<string> CancellationsOf(WorkerId worker) => HeldBy(worker.Value).Where(id => jobs[id].IsToBeCancelled);

    /// <summary>The jobs that it runs.</summary>
    public IEnumerable<string> HeldBy(string worker) => jobs.Where(job => job.Value.State is JobState.Running && job.Value.Worker == worker).Select(job => job.Key);

    /// <returns>An answer for each; null without a lease.</returns>
    public IReadOnlyList<ClaimAnswer>? Claim(WorkerId worker, IEnumerable<JobEnvelope> envelopes, bool alone) =>
        IsAlive(worker) ? [.. envelopes.Select(envelope => Claim(worker, envelope, alone))] : null;

    public SettleAnswer Settle(JobClaim claim, Settlement settlement)
    {
        if (Find(claim.Job) is not { } job)
            return new(null, IsGone: true);
        if (job.Claim != claim.Claim)
            return default;
        if (job.State is not JobState.Running)
            return new(job.State);
        job.Worker = null;
        var runsAgain = settlement.Event is JobEvent.Retry or JobEvent.RetryAtOnce or JobEvent.Release;
        var happens = runsAgain && job.IsToBeCancelled ? JobEvent.Stop : settlement.Event;
        if (happens is not JobEvent.Release)
            (job.RunsAlone, job.Crashes, job.Due) = (false, 0, null);
        if (settlement.Error is not null)
        {
            job.HasError = true;
            job.History.Add($"{claim.Attempt}:{job.StartedAt}-{Now}");
        }
        End(job, happens, settlement);
        return new(job.State);
    }

    /// <returns>False if there is a record.</returns>
    public bool Restore(JobEnvelope envelope, JobClaim claim, Settlement settlement)
    {
        if (Find(envelope.Id) is not null)
            return false;
        var job = jobs[envelope.Id.ToString()] = new()
        {
            Name = envelope.Name,
            State = JobState.Running,
            Attempt = claim.Attempt,
            Claim = claim.Claim,
            Claims = 0,
            EnqueuedAt = Now,
            Since = Now,
            StartedAt = Now,
            HasArguments = true,
            Origin = "rebuilt",
            HasError = settlement.Error is not null,
        };
        End(job, settlement.Event, settlement);
        return true;
    }

    public void Report(JobClaim claim, JobProgress progress)
    {
        if (Find(claim.Job) is { State: JobState.Running } job && job.Claim == claim.Claim)
        {
            job.Progress = $"{progress.Percent}";
            job.Note('p', Now);
        }
    }

    private ClaimAnswer Claim(WorkerId worker, JobEnvelope envelope, bool alone)
    {
        if (Find(envelope.Id) is not { } job)
            return new ClaimAnswer.Unknown(Epoch);
        if (job.State is JobState.Running)
            return job.Worker == worker.Value && job.Claim == envelope.Claim ? Run(worker, envelope, job) : new ClaimAnswer.Held(new(job.Worker!));
        if (job.State is not (JobState.Queued or JobState.Scheduled))
            return new ClaimAnswer.Over(job.State);
        if (job.Expires <= Now)
        {
            Finish(job, JobState.Expired);
            return new ClaimAnswer.Over(JobState.Expired, ByThisClaim: true);
        }
        if (job.State is JobState.Scheduled && job.Due > Now)
            return new ClaimAnswer.Early(TimeSpan.FromMilliseconds(job.Due.Value - Now));
        if (job.RunsAlone && !alone)
            return new ClaimAnswer.Alone();
        if (job.State is JobState.Queued)
            NewestClaimedRing = Math.Max(NewestClaimedRing, job.RungAt);
        Move(job, JobState.Running);
        (job.Worker, job.Claim, job.StartedAt, job.Progress) = (worker.Value, envelope.Claim, Now, null);
        job.Claims = (job.Claims ?? 0) + 1;
        return Run(worker, envelope, job);
    }

    private static ClaimAnswer.Run Run(WorkerId worker, JobEnvelope envelope, ReferenceJob job) => new(new(envelope.Id, envelope.Name, envelope.Claim, worker, job.Attempt, null));

    private void End(ReferenceJob job, JobEvent @event, Settlement settlement)
    {
        switch (@event)
        {
            case JobEvent.Succeed:
                job.HasError = false;
                job.Result = settlement.Result is { } result ? System.Text.Encoding.UTF8.GetString(result.Span) : job.Result;
                Finish(job, JobState.Succeeded);
                break;
            case JobEvent.Fail:
                job.Reason = settlement.Reason;
                Finish(job, JobState.Failed);
                break;
            case JobEvent.Stop:
                Finish(job, JobState.Cancelled);
                break;
            case JobEvent.Release:
                Queue(job, Now);
                break;
            case JobEvent.RetryAtOnce:
                job.Attempt++;
                Queue(job, Now);
                break;
            case JobEvent.Retry:
                job.Attempt++;
                job.Due = Now + (long)settlement.Delay.TotalMilliseconds;
                Move(job, JobState.Scheduled);
                break;
        }
    }

    private void Queue(ReferenceJob job, long rungAt)
    {
        Move(job, JobState.Queued);
        job.RungAt = rungAt;
    }
}
