using Lovage.Jobs;
using Lovage.Store;

namespace Lovage.DeadLetters;

/// <summary>What became of dead letters that were to be replayed.</summary>
public sealed record DeadLetterReplay
{
    /// <summary>The jobs that match, newest first, as many as the filter's limit allows.</summary>
    public required IReadOnlyList<JobId> Matched { get; init; }

    /// <summary>Those of them that run again now. Left out are jobs that somebody else replayed meanwhile, and all in a dry run.</summary>
    public required IReadOnlyList<JobId> Replayed { get; init; }

    /// <summary>Messages that match and could never be read: they were no jobs, so they cannot be replayed.</summary>
    public int Unreadable { get; init; }

    /// <summary>When the newest of the dead letters failed that were not looked at; null if all were. Ask with it as <see cref="DeadLetterFilter.To"/> to go on.</summary>
    public DateTimeOffset? Next { get; init; }

    /// <summary>Why it broke off; null if it did not. What was replayed until then runs, and jobs whose answer was lost may as well. Asking again goes on.</summary>
    public JobStoreUnavailableException? Error { get; init; }
}
