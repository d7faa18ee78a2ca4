namespace Lovage.Jobs;

/// <summary>Where a job is in its life; see <c>docs/job-lifecycle.md</c>.</summary>
public enum JobState
{
    /// <summary>Recorded; not to begin before a time: delayed, or waiting for its next attempt.</summary>
    Scheduled,

    /// <summary>Recorded; waits for a worker.</summary>
    Queued,

    /// <summary>A worker has claimed it.</summary>
    Running,

    /// <summary>Ended with a result. Final.</summary>
    Succeeded,

    /// <summary>Ended with an error: a dead letter. Final, unless it is replayed.</summary>
    Failed,

    /// <summary>Cancelled before it ended. Final.</summary>
    Cancelled,

    /// <summary>Its time was over before it began. Final.</summary>
    Expired,
}
