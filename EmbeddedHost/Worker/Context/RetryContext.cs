namespace Microsoft.Azure.Functions.Worker;

/// <summary>Which retry of a retry policy an invocation is.</summary>
public abstract class RetryContext
{
    /// <summary>How many retries came before.</summary>
    public abstract int RetryCount { get; }

    /// <summary>How many retries there will be at most.</summary>
    public abstract int MaxRetryCount { get; }
}
