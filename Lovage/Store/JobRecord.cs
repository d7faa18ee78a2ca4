using Lovage.Jobs;

namespace Lovage.Store;

/// <summary>What the store knows of a job. All times are the store's clock, UTC.</summary>
public sealed record JobRecord
{
    /// <summary>The job's id.</summary>
    public required JobId Id { get; init; }

    /// <summary>The job's name, as in <see cref="JobAttribute"/> when it was recorded: an alias now, if the job was renamed since.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required JobState State { get; init; }

    /// <summary>The attempt that runs, ran last, or comes next; from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>When its latest run began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it came into its state.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>When it reached a final state.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>UTF-8 JSON; null unless it succeeded and its method returns something.</summary>
    public ReadOnlyMemory<byte>? Result { get; init; }

    /// <summary>Why its latest attempt failed; null if none did, or it has succeeded since.</summary>
    public JobError? Error { get; init; }

    /// <summary>The latest report of the latest run, or null.</summary>
    public JobProgress? Progress { get; init; }

    /// <summary>Not before this time, if it was delayed or waits for its next attempt.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>From this time on it does not begin any more, if it was enqueued so.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>True if it was to be cancelled while it ran.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>Why it is not tried again; null unless it failed.</summary>
    public FailureReason? Reason { get; init; }

    /// <summary>The attempts that failed, oldest first; earlier ones are dropped beyond 64 KiB.</summary>
    public IReadOnlyList<JobAttempt> History { get; init; } = [];

    /// <summary>All states that it came into and all that its runs reported, oldest first; earlier ones are dropped beyond 16 KiB.</summary>
    public IReadOnlyList<JobChange> Changes { get; init; } = [];
}
