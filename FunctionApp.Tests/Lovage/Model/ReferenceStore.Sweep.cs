using Lovage.Jobs;
using Lovage.Store;

namespace FunctionApp.Tests.Lovage.Model;

// What the sweep asks for.
internal sealed partial class ReferenceStore
{
    /// <summary>Workers whose lease is gone.</summary>
    public IEnumerable<string> DeadWorkers => workers.Where(worker => !leases.Contains(worker));

    /// <summary>Takes one job back, if its worker is gone.</summary>
    public JobState? Reclaim(JobId id, WorkerId worker)
    {
        if (IsAlive(worker) || Find(id) is not { State: JobState.Running } job || job.Worker != worker.Value)
            return null;
        (job.Worker, job.Claim) = (null, null);
        if (job.IsToBeCancelled)
        {
            Finish(job, JobState.Cancelled);
        }
        else if (job.RunsAlone && ++job.Crashes >= options.MaxCrashes)
        {
            (job.HasError, job.Reason) = (true, FailureReason.Crashed);
            Finish(job, JobState.Failed);
        }
        else
        {
            job.RunsAlone = true;
            Queue(job, Now);
        }
        return job.State;
    }

    /// <summary>All that is known of a dead worker is mended: it need not be looked for any more.</summary>
    public void Forget(WorkerId worker) => workers.Remove(worker.Value);

    public JobState? Disown(JobId id, WorkerId worker)
    {
        if (Find(id) is not { State: JobState.Running } job || job.Worker != worker.Value)
            return null;
        (job.Worker, job.Claim) = (null, null);
        if (job.IsToBeCancelled)
            Finish(job, JobState.Cancelled);
        else
            Queue(job, 0);
        return job.State;
    }

    /// <summary>Jobs whose message may be lost, the longest unrung first; then those that should have begun.</summary>
    public IEnumerable<string> Suspects()
    {
        var overtaken = Math.Max(Math.Max(NewestClaimedRing - Milliseconds(options.OvertakenAfter), Now - Milliseconds(options.UnclaimedAfter)), 0);
        var late = Now - Milliseconds(options.SweepInterval);
        return In(JobState.Queued).Where(job => job.Score <= overtaken).Concat(In(JobState.Scheduled).Where(job => job.Score <= late)).Select(job => job.Id);
    }

    /// <returns>Those that are to be rung now.</returns>
    public IEnumerable<string> Take(IEnumerable<JobId> ids)
    {
        foreach (var id in ids)
        {
            if (Find(id) is not { } job)
                continue;
            var due = job.State is JobState.Scheduled && job.Due <= Now;
            var quiet = job.State is JobState.Queued && Now - job.RungAt >= Milliseconds(options.OvertakenAfter);
            if (!due && !quiet)
                continue;
            if (due)
                Move(job, JobState.Queued);
            job.RungAt = Now;
            yield return $"{id}{(job.RunsAlone ? " alone" : "")}";
        }
    }

    public void MarkUnrung(JobId id)
    {
        if (Find(id) is { State: JobState.Queued } job)
            job.RungAt = 0;
    }

    /// <summary>Forgets what has been kept long enough, and the oldest of a name that has too many.</summary>
    /// <returns>How many.</returns>
    public int Trim()
    {
        var over = new[] { JobState.Succeeded, JobState.Cancelled, JobState.Expired }
            .SelectMany(state => In(state).Where(job => job.Score <= Now - Milliseconds(options.KeepSucceeded)))
            .Concat(In(JobState.Failed).Where(job => job.Score <= Now - Milliseconds(options.KeepFailed)))
            .ToArray();
        foreach (var (id, _) in over)
            Bury(id);
        var surplus = names.SelectMany(name => Finished(name).SkipLast(options.MaxFinishedPerName)).ToArray();
        foreach (var (id, _) in surplus)
            Bury(id);
        return over.Length + surplus.Length;
    }

    // A message may still know a job that was recorded from one.
    private void Bury(string id)
    {
        jobs.Remove(id, out var job);
        if (job!.Origin is not null)
            jobs[id] = new() { Name = job.Name, State = job.State, EnqueuedAt = job.EnqueuedAt, Since = job.Since, IsTombstone = true };
    }
}
