using Azure;
using Azure.Storage.Queues;
using EmbeddedHost.Catalog;
using EmbeddedHost.Configuration;
using EmbeddedHost.Invocation;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Queues;

/// <summary>Runs a queue function for one message and settles the message by the outcome.</summary>
internal sealed partial class MessageProcessor(
    FunctionEntry function,
    QueueClient? poison,
    FunctionExecutor executor,
    RunningInvocations running,
    HostSettings settings,
    ILogger logger)
{
    /// <summary>Processes a message to its end; never throws, the listener has nobody to tell.</summary>
    public async Task ProcessAsync(MessageLease lease)
    {
        try
        {
            await SettleAsync(lease, await RunAsync(lease));
        }
        catch (Exception exception) when (exception is RequestFailedException or AggregateException or OperationCanceledException or IOException)
        {
            // The storage is away: the message comes back when its lease runs out.
            LogUnsettled(logger, exception, lease.Message.MessageId, function.Name);
        }
    }

    private async Task<Settlement> RunAsync(MessageLease lease)
    {
        var message = lease.Message;
        if (MessageText.Decode(message.Body, settings.Queues.MessageEncoding) is not { } body)
        {
            LogUndecodable(logger, message.MessageId, function.Name);
            return Settlement.Poison;
        }

        // It was received before and its process died every time: nobody was left to count the last failure.
        if (poison is not null && message.DequeueCount > settings.Queues.MaxDequeueCount)
            return Settlement.Poison;

        var decoded = QueueEvent.Decoded(message, body);
        var outcome = await executor.RunAsync(function, decoded, QueueEvent.Describe(decoded));
        if (outcome.Succeeded)
            return Settlement.Done;
        if (outcome.Cancelled && running.StopToken.IsCancellationRequested)
            return Settlement.VisibleAtOnce;

        return message.DequeueCount >= settings.Queues.MaxDequeueCount ? Settlement.Poison : Settlement.Again;
    }

    private async Task SettleAsync(MessageLease lease, Settlement settlement)
    {
        switch (settlement)
        {
            case Settlement.Done:
                await lease.DeleteAsync(CancellationToken.None);
                break;

            case Settlement.VisibleAtOnce:
                await lease.ReturnAsync(TimeSpan.Zero, CancellationToken.None);
                break;

            case Settlement.Poison when poison is not null:
                if (await lease.MoveAsync(poison, CancellationToken.None))
                    LogPoison(logger, lease.Message.MessageId, function.Name, lease.Message.DequeueCount, poison.Name);
                break;

            // A poison queue has no poison queue: its messages are tried until they expire.
            default:
                await lease.ReturnAsync(settings.Queues.VisibilityTimeout, CancellationToken.None);
                break;
        }
    }

    private enum Settlement
    {
        Done,
        Again,
        Poison,
        VisibleAtOnce,
    }

    [LoggerMessage(EventIds.Queues + 3, LogLevel.Error, "The message {MessageId} of '{Function}' could not be settled; it comes back when its lease runs out.")]
    private static partial void LogUnsettled(ILogger logger, Exception exception, string messageId, string function);

    [LoggerMessage(EventIds.Queues + 4, LogLevel.Error, "The message {MessageId} of '{Function}' is not base64, which host.json's messageEncoding says; the function does not see it.")]
    private static partial void LogUndecodable(ILogger logger, string messageId, string function);

    [LoggerMessage(EventIds.Queues + 5, LogLevel.Error, "The message {MessageId} of '{Function}' was moved to '{PoisonQueue}', received {DequeueCount} times.")]
    private static partial void LogPoison(ILogger logger, string messageId, string function, long dequeueCount, string poisonQueue);
}
