using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Invocation;

/// <summary>Retry policies do not apply to the triggers of this host.</summary>
internal sealed class NoRetry : RetryContext
{
    public static readonly NoRetry Instance = new();

    public override int RetryCount => 0;

    public override int MaxRetryCount => 0;
}
