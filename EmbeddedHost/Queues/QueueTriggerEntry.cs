using EmbeddedHost.Catalog;

namespace EmbeddedHost.Queues;

/// <summary>A queue trigger.</summary>
/// <param name="Parameter">The parameter that carries the attribute.</param>
/// <param name="Queue">The queue, settings replaced.</param>
/// <param name="Connection">The setting that holds the connection string.</param>
internal sealed record QueueTriggerEntry(string Parameter, string Queue, string Connection) : TriggerEntry(TriggerKind.Queue, Parameter)
{
    public override string BindingType => "queueTrigger";

    public override HostedFunction Describe(string function, bool disabled, Uri baseAddress) =>
        new(function, Kind, [], Url: null, Queue, Schedule: null, disabled);
}
