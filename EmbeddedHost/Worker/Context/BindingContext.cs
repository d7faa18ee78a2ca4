namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a trigger told about its event.</summary>
public abstract class BindingContext
{
    /// <summary>The trigger's metadata: route values, or the queue message's id, dequeue count and times.</summary>
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}
