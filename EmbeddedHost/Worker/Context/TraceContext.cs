namespace Microsoft.Azure.Functions.Worker;

/// <summary>Where an invocation stands in a distributed trace.</summary>
public abstract class TraceContext
{
    /// <summary>The W3C <c>traceparent</c>; empty if there is none.</summary>
    public abstract string TraceParent { get; }

    /// <summary>The W3C <c>tracestate</c>; empty if there is none.</summary>
    public abstract string TraceState { get; }

    /// <summary>Attributes of the trace.</summary>
    public virtual IReadOnlyDictionary<string, string> Attributes { get; } = new Dictionary<string, string>();
}
