namespace FunctionApp.Accounts.Limits;

/// <summary>How often something was tried since a time.</summary>
internal sealed class RateWindow
{
    /// <summary>A hash of what is counted, so that no address stands here for everyone to read. Who tries a list of addresses finds theirs.</summary>
    public required string Key { get; init; }

    /// <summary>Until when it counts, in milliseconds since 1970.</summary>
    public required long Ends { get; init; }

    /// <summary>How often so far.</summary>
    public required int Count { get; init; }
}
