namespace Lovage.Jobs;

/// <summary>Where a job is in its life; see <c>docs/job-lifecycle.md</c>.</summary>
public enum JobState
{
    /// <summary>Recorded; waits for a worker.</summary>
    Queued,

    /// <summary>A worker has claimed it.</summary>
    Running,

    /// <summary>Ended with a result. Final.</summary>
    Succeeded,

    /// <summary>Ended with an error. Final.</summary>
    Failed,
}
