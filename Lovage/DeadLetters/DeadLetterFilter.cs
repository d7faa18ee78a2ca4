using Lovage.Jobs;
using Lovage.Store.Redis;

namespace Lovage.DeadLetters;

/// <summary>Which dead letters; what is not set does not matter.</summary>
public sealed record DeadLetterFilter
{
    /// <summary>The job's name.</summary>
    public string? Name { get; init; }

    /// <summary>Why they failed.</summary>
    public FailureReason? Reason { get; init; }

    /// <summary>They failed at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>They failed at this time or earlier.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>No more than so many, the newest first. Default 1,000.</summary>
    public int Limit { get; init; } = 1_000;

    /// <summary>No more than so many are looked at for it, the newest first. Default 100,000.</summary>
    public int MaxExamined { get; init; } = 100_000;

    internal bool Matches(FailedJob job) => job.Name is not null && (Name is null || job.Name == Name) && (Reason is null || job.Reason == Reason);
}
