using Lovage.Jobs;

namespace Lovage.Client;

/// <summary>An idempotency key was used before, for another job or with other arguments. Nothing was recorded.</summary>
public sealed class IdempotencyConflictException(JobId first)
    : Exception($"The idempotency key was used before, for job {first}, with another name or other arguments. Use a new key for a new wish.")
{
    /// <summary>The job for which the key was used.</summary>
    public JobId First { get; } = first;

    /// <summary>Which of the jobs that were enqueued together has the key; from 0.</summary>
    public int Index { get; init; }
}
