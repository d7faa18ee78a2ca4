namespace FunctionApp.Accounts.Limits;

/// <summary>Something was tried too often.</summary>
internal sealed class TooManyTriesException(TimeSpan retryAfter) : Exception("Too many tries.")
{
    /// <summary>When it may be tried again.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
