namespace Lovage.Jobs;

/// <summary>The one table of a job's life. The scripts, the drawing and the documents are checked against it; a pair that is not here changes nothing.</summary>
internal static class JobLifecycle
{
    public static IReadOnlyDictionary<(JobState From, JobEvent Event), JobState> Transitions { get; } = new Dictionary<(JobState, JobEvent), JobState>
    {
        [(JobState.Scheduled, JobEvent.Claim)] = JobState.Running,
        [(JobState.Scheduled, JobEvent.Due)] = JobState.Queued,
        [(JobState.Scheduled, JobEvent.Expire)] = JobState.Expired,
        [(JobState.Scheduled, JobEvent.Cancel)] = JobState.Cancelled,

        [(JobState.Queued, JobEvent.Claim)] = JobState.Running,
        [(JobState.Queued, JobEvent.Expire)] = JobState.Expired,
        [(JobState.Queued, JobEvent.Cancel)] = JobState.Cancelled,

        [(JobState.Running, JobEvent.Succeed)] = JobState.Succeeded,
        [(JobState.Running, JobEvent.Fail)] = JobState.Failed,
        [(JobState.Running, JobEvent.Retry)] = JobState.Scheduled,
        [(JobState.Running, JobEvent.RetryAtOnce)] = JobState.Queued,
        [(JobState.Running, JobEvent.Release)] = JobState.Queued,
        [(JobState.Running, JobEvent.Stop)] = JobState.Cancelled,
        [(JobState.Running, JobEvent.Reclaim)] = JobState.Queued,
        [(JobState.Running, JobEvent.Crash)] = JobState.Failed,

        [(JobState.Failed, JobEvent.Replay)] = JobState.Queued,
    };

    public static JobState? Next(JobState from, JobEvent @event) => Transitions.TryGetValue((from, @event), out var to) ? to : null;

    public static bool IsFinal(this JobState state) => state is JobState.Succeeded or JobState.Failed or JobState.Cancelled or JobState.Expired;
}
