namespace Lovage.Client;

/// <summary>What may be said of a job beside its arguments.</summary>
public sealed record EnqueueOptions
{
    /// <summary>Not before so long from now, by the store's clock. Zero or more, up to 36,500 days. Default none.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>Not before this time. Not together with <see cref="Delay"/>. Default none.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>If it has not begun so long from now, it does not begin at all. More than zero, up to 36,500 days. Default none.</summary>
    public TimeSpan? ExpiresAfter { get; init; }

    /// <summary>If it has not begun by this time, it does not begin at all. Not together with <see cref="ExpiresAfter"/>. Default none.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Overrules the job's own policy: 1 to 100. Default none.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>Overrules the job's own time limit: its token is cancelled after so long a run. More than zero, up to 1 day; default none.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>
    /// Names this wish: enqueueing again with the same key gives the first job's id, for as long as <see cref="LovageOptions.IdempotencyWindow"/> says.
    /// 1 to 200 characters; one key for the whole app, whatever the job. Default none.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Passed to the job as <see cref="Jobs.JobContext.Headers"/>. Default none. 8,192 characters together. Not a place for secrets: they are kept with the job.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = Queue.JobEnvelope.Empty;

    // Six bytes each at most once encoded, and so always within a message.
    private const int MaxHeaderCharacters = 8_192;

    private const int MaxKeyCharacters = 200;

    // A hundred years: nobody means more, and the sum with any clock's time is still a date.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    internal static EnqueueOptions Default { get; } = new();

    /// <exception cref="ArgumentException">Two that exclude each other, or a value out of range.</exception>
    internal void Check()
    {
        if (Delay is not null && NotBefore is not null)
            throw new ArgumentException("Delay and NotBefore exclude each other: give one of them.", nameof(NotBefore));
        if (ExpiresAfter is not null && Expires is not null)
            throw new ArgumentException("ExpiresAfter and Expires exclude each other: give one of them.", nameof(Expires));
        if (Delay < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(Delay), Delay, "It takes zero or more.");
        if (ExpiresAfter <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(ExpiresAfter), ExpiresAfter, "It takes more than zero.");
        if (Delay > Longest)
            throw new ArgumentOutOfRangeException(nameof(Delay), Delay, $"It takes {Longest.TotalDays:N0} days at most.");
        if (ExpiresAfter > Longest)
            throw new ArgumentOutOfRangeException(nameof(ExpiresAfter), ExpiresAfter, $"It takes {Longest.TotalDays:N0} days at most.");
        if (TimeLimit is { } limit && (limit <= TimeSpan.Zero || limit > TimeSpan.FromDays(1)))
            throw new ArgumentOutOfRangeException(nameof(TimeLimit), TimeLimit, "It takes more than zero, and 1 day at most.");
        if (IdempotencyKey is { Length: < 1 or > MaxKeyCharacters })
            throw new ArgumentOutOfRangeException(nameof(IdempotencyKey), IdempotencyKey.Length, $"It takes 1 to {MaxKeyCharacters} characters.");
        if (Headers.Sum(header => header.Key.Length + header.Value.Length) > MaxHeaderCharacters)
            throw new ArgumentException($"Headers take {MaxHeaderCharacters:N0} characters together: they travel in every message of the job.", nameof(Headers));
        if (MaxAttempts is < 1 or > 100)
            throw new ArgumentOutOfRangeException(nameof(MaxAttempts), MaxAttempts, "It takes 1 to 100.");
    }
}
