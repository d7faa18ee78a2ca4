namespace FunctionApp.Accounts.Limits;

/// <summary>How often something was tried since a time.</summary>
internal sealed class RateWindow
{
    /// <summary>A hash of what is counted: neither a caller's address nor an account's is kept.</summary>
    public required string Key { get; init; }

    /// <summary>Until when it counts, in milliseconds since 1970.</summary>
    public required long Ends { get; init; }

    /// <summary>How often so far.</summary>
    public required int Count { get; init; }
}
