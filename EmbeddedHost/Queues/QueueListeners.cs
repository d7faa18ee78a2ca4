using EmbeddedHost.Catalog;
using EmbeddedHost.Configuration;
using EmbeddedHost.Invocation;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Queues;

/// <summary>The listeners of all queue functions.</summary>
internal sealed partial class QueueListeners(
    FunctionCatalog catalog,
    FunctionExecutor executor,
    RunningInvocations running,
    StorageConnections connections,
    HostSettings settings,
    EmbeddedHostOptions options,
    TimeProvider clock,
    ILogger<QueueListener> logger) : IDisposable
{
    private const string PoisonSuffix = "-poison";

    private QueueListener[] listeners = [];

    public void Start()
    {
        listeners = [.. catalog.Enabled<QueueTriggerEntry>().Select(f => Make(f.Function, f.Trigger))];
        if (listeners.Length == 0)
            return;

        var queues = settings.Queues;
        LogConcurrency(logger, queues.BatchSize + queues.NewBatchThreshold, queues.BatchSize, queues.NewBatchThreshold, listeners.Length);
        foreach (var listener in listeners)
            listener.Start();
    }

    /// <summary>Those of a queue look at it at once.</summary>
    public void Wake(string queue)
    {
        foreach (var listener in listeners)
        {
            if (listener.Queue == queue)
                listener.Wake();
        }
    }

    public Task StopReceivingAsync() => Task.WhenAll(listeners.Select(l => l.StopReceivingAsync()));

    public Task ReleaseAsync(CancellationToken cancellationToken) => Task.WhenAll(listeners.Select(l => l.ReleaseAsync(cancellationToken)));

    public void Dispose() => Array.ForEach(listeners, l => l.Dispose());

    private QueueListener Make(FunctionEntry function, QueueTriggerEntry trigger)
    {
        var queue = connections.Open(trigger.Queue, trigger.Connection);
        var poison = trigger.Queue.EndsWith(PoisonSuffix, StringComparison.Ordinal) ? null : connections.Open(trigger.Queue + PoisonSuffix, trigger.Connection);
        var processor = new MessageProcessor(function, poison, executor, running, settings, logger);
        return new QueueListener(queue, processor, running, settings.Queues, options.MessageLease, clock, logger);
    }

    [LoggerMessage(EventIds.Queues + 10, LogLevel.Information, "At most {Concurrency} messages of a queue are in flight: batchSize {BatchSize} + newBatchThreshold {NewBatchThreshold}. Queue functions: {Functions}.")]
    private static partial void LogConcurrency(ILogger logger, int concurrency, int batchSize, int newBatchThreshold, int functions);
}
