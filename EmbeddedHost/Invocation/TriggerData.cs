using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Invocation;

/// <summary>What a trigger told about its event.</summary>
internal sealed class TriggerData(IReadOnlyDictionary<string, object?> data) : BindingContext
{
    public static readonly TriggerData None = new(new Dictionary<string, object?>());

    public override IReadOnlyDictionary<string, object?> BindingData { get; } = data;
}
