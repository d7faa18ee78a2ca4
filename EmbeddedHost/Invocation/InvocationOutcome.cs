namespace EmbeddedHost.Invocation;

/// <summary>How an invocation ended. Failures have been logged.</summary>
/// <param name="Error">What the function threw; null if it succeeded.</param>
/// <param name="Cancelled">Whether it gave up because its token had fired.</param>
internal readonly record struct InvocationOutcome(Exception? Error, bool Cancelled)
{
    public bool Succeeded => Error is null;
}
