using Lovage.Jobs;
using Lovage.Store;

namespace Lovage.Queue;

/// <summary>A job as it travels: enough to find its record, and to write it anew if the store was lost.</summary>
internal sealed record JobEnvelope
{
    private string? claim;

    public required JobId Id { get; init; }

    public required string Name { get; init; }

    /// <summary>UTF-8 JSON; null when the arguments are too large for a message and wait in the store.</summary>
    public required ReadOnlyMemory<byte>? Arguments { get; init; }

    /// <summary>The store that holds the record. Another epoch now means that store was lost. Null: enqueued by a program that writes to the queue itself.</summary>
    public string? Epoch { get; init; }

    public string? TraceParent { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = Empty;

    /// <summary>Not before this time.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Not before so long from when it is recorded. Does not travel: the store makes a time of it.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>Not from this time on.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Not from so long on after it is recorded. Does not travel.</summary>
    public TimeSpan? ExpiresAfter { get; init; }

    /// <summary>So that asking twice makes one job. Does not travel.</summary>
    public IdempotencyKey? Idempotency { get; init; }

    /// <summary>From what its record is made. Does not travel.</summary>
    public JobOrigin Origin { get; init; }

    /// <summary>Overrules the job's own time limit.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Overrules the job's own policy.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>True: sent once more because another worker had the job; if one still has it, that was enough.</summary>
    public bool IsSecondLook { get; init; }

    /// <summary>When a worker that does not know the job's name first handed it back, by that worker's clock.</summary>
    public DateTimeOffset? UnknownSince { get; init; }

    /// <summary>A JSON object of what else the message said of the job, for a version that knows what it means; see <see cref="UnknownFields"/>.</summary>
    public ReadOnlyMemory<byte>? Extra { get; init; }

    /// <summary>
    /// Names this delivery's wish to run the job. The same when it is asked again, so that a claim whose answer was lost is still ours. Does not travel. What
    /// is read from a message has one; others get it when it is first asked for, as drawing one costs a call of the system and whoever enqueues never asks.
    /// </summary>
    public string Claim
    {
        get => claim ??= NewClaim();
        init => claim = value;
    }

    public static string NewClaim() => Guid.NewGuid().ToString("N");

    public static IReadOnlyDictionary<string, string> Empty { get; } = new Dictionary<string, string>().AsReadOnly();
}
