using Lovage.Jobs;

namespace FunctionApp.Tests.Lovage.Model;

/// <summary>A job as the reference knows it. Times are milliseconds since 1970.</summary>
internal sealed class ReferenceJob
{
    public required string Name { get; init; }

    public required JobState State { get; set; }

    public int Attempt { get; set; } = 1;

    public required long EnqueuedAt { get; init; }

    public long? StartedAt { get; set; }

    /// <summary>When it came into its state.</summary>
    public required long Since { get; set; }

    public long? Due { get; set; }

    public long? Expires { get; set; }

    /// <summary>What only a run needs: arguments and such. Dropped when it can run no more.</summary>
    public bool HasArguments { get; set; }

    public string? Origin { get; set; }

    /// <summary>What is left of a job that a late message would bring back: nothing but the state in which it ended.</summary>
    public bool IsTombstone { get; init; }

    /// <summary>Key, and the call that may be making it or, after a blank, what it gave.</summary>
    public SortedDictionary<string, string> Effects { get; } = new(StringComparer.Ordinal);

    /// <summary>While it is queued: when it was last rung; 0 is never.</summary>
    public long RungAt { get; set; }

    public string? Worker { get; set; }

    public string? Claim { get; set; }

    /// <summary>How often it was claimed; null for what never was a job in this store.</summary>
    public int? Claims { get; set; }

    public string? Result { get; set; }

    public bool HasError { get; set; }

    public FailureReason? Reason { get; set; }

    public string? Progress { get; set; }

    public bool IsToBeCancelled { get; set; }

    /// <summary>Its worker has died under it: next it runs alone.</summary>
    public bool RunsAlone { get; set; }

    public int Crashes { get; set; }

    public bool IsUnreadable { get; init; }

    /// <summary>What it came into, and what its runs reported, with the time since it was enqueued.</summary>
    public List<string> Log { get; } = [];

    /// <summary>For each failed attempt its number, start and end.</summary>
    public List<string> History { get; } = [];

    /// <summary>The fields that the record has, in a fixed order.</summary>
    public string Describe() => IsTombstone
        ? $"state={StateName}"
        : string.Join(' ', Fields().Where(field => field.Value is not null).Select(field => $"{field.Name}={field.Value}"));

    /// <param name="letter">As the store has it.</param>
    /// <param name="now">Milliseconds since 1970.</param>
    public void Note(char letter, long now) => Log.Add($"{letter}{now - EnqueuedAt}");

    private string StateName => State.ToString().ToLowerInvariant();

    private IEnumerable<(string Name, object? Value)> Fields() =>
    [
        ("alone", RunsAlone ? 1 : null),
        ("args", HasArguments ? "*" : null),
        ("attempt", Attempt),
        ("cancel", IsToBeCancelled ? 1 : null),
        ("claim", Claim),
        ("crashes", Crashes > 0 ? Crashes : null),
        ("due", Due),
        .. Effects.Select(effect => ($"effect:{effect.Key}", (object?)effect.Value)),
        ("enqueuedAt", EnqueuedAt),
        ("error", HasError ? "*" : null),
        ("expires", Expires),
        ("fence", Claims),
        ("history", History.Count > 0 ? string.Join(',', History) : null),
        ("log", $"{Log.Count},{string.Join(',', Log)}"),
        ("name", Name),
        ("origin", Origin),
        ("progress", Progress),
        ("raw", IsUnreadable ? "*" : null),
        ("reason", Reason),
        ("result", Result),
        ("since", Since),
        ("startedAt", StartedAt),
        ("state", StateName),
        ("worker", Worker),
    ];
}
