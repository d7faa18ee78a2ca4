using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using EmbeddedHost.Invocation;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Queues;

/// <summary>Receives the messages of one queue for one function, a batch at a time, until told to stop.</summary>
internal sealed partial class QueueListener(
    QueueClient queue,
    MessageProcessor processor,
    RunningInvocations running,
    QueueSettings settings,
    TimeSpan messageLease,
    TimeProvider clock,
    ILogger logger) : IDisposable
{
    private readonly PollingBackOff backOff = new(settings.MaxPollingInterval);
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource hurry = new();
    private readonly ConcurrentDictionary<MessageLease, Task> inFlight = new();
    private readonly TaskCompletionSource stopAsked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task loop = Task.CompletedTask;
    private TaskCompletionSource woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool troubled;

    public string Queue => queue.Name;

    public void Start() => loop = Task.Run(ListenAsync);

    /// <summary>There is a message: look at once, if it waits to look again, or once more, if it is looking.</summary>
    public void Wake() => Volatile.Read(ref woken).TrySetResult();

    /// <summary>No new messages; what runs goes on.</summary>
    public Task StopReceivingAsync()
    {
        stopAsked.TrySetResult();
        return stopping.CancelAsync();
    }

    /// <summary>Makes visible at once what is still unfinished, and leaves its functions alone.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        // A receive that is under way may hold messages: only a storage that does not answer is given up.
        await loop.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await hurry.CancelAsync();
        await loop;
        await Task.WhenAll(inFlight.Keys.Select(lease => ReleaseAsync(lease, cancellationToken)));
    }

    public void Dispose()
    {
        stopping.Dispose();
        hurry.Dispose();
    }

    private async Task ListenAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            await WaitForThresholdAsync();
            if (stopping.IsCancellationRequested)
                return;

            if (woken.Task.IsCompleted)
                Volatile.Write(ref woken, new(TaskCreationOptions.RunContinuationsAsynchronously));
            var messages = await ReceiveAsync();
            if (messages.Length == 0)
            {
                await woken.Task.WaitAsync(backOff.Next(), clock, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            backOff.Reset();
            foreach (var message in messages)
                Begin(message);
        }
    }

    private async Task WaitForThresholdAsync()
    {
        while (inFlight.Count > settings.NewBatchThreshold && !stopping.IsCancellationRequested)
            await Task.WhenAny([.. inFlight.Values, stopAsked.Task]);
    }

    private async Task<QueueMessage[]> ReceiveAsync()
    {
        try
        {
            // Not cancelled by a stop: messages whose answer is thrown away would stay hidden for a whole lease.
            QueueMessage[] messages = await queue.ReceiveMessagesAsync(settings.BatchSize, messageLease, hurry.Token);
            Recovered();
            return messages;
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            // Nobody has sent anything yet. The host does not create a trigger's queue, as the stock one.
            Recovered();
            return [];
        }
        catch (OperationCanceledException) when (hurry.IsCancellationRequested)
        {
            return [];
        }
        catch (Exception exception)
        {
            // Whatever it is, the listener lives on: it must be there when the storage is back.
            if (!troubled)
                LogTrouble(logger, queue.Name, Reason(exception));

            troubled = true;
            return [];
        }
    }

    private void Begin(QueueMessage message)
    {
        var lease = new MessageLease(queue, message, messageLease, clock, logger);
        var work = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        inFlight[lease] = work.Task;
        _ = FinishAsync(lease, work, running.Begin());
    }

    // Its task stands in inFlight: the loop and ReleaseAsync are its owners.
    private async Task FinishAsync(MessageLease lease, TaskCompletionSource work, IDisposable one)
    {
        try
        {
            if (stopping.IsCancellationRequested)
                await ReleaseAsync(lease, CancellationToken.None);
            else
                await Task.Run(() => processor.ProcessAsync(lease));
        }
        finally
        {
            inFlight.TryRemove(lease, out _);
            // Counted out whatever else fails: a stop waits for the count.
            using (one)
            {
                await lease.DisposeAsync().AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                work.SetResult();
            }
        }
    }

    private async Task ReleaseAsync(MessageLease lease, CancellationToken cancellationToken)
    {
        try
        {
            if (await lease.ReturnAsync(TimeSpan.Zero, cancellationToken))
                LogReleased(logger, lease.Message.MessageId, queue.Name);
        }
        catch (Exception exception) when (exception is RequestFailedException or AggregateException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            LogNotReleased(logger, exception, lease.Message.MessageId, queue.Name);
        }
    }

    // The client wraps what happened in a summary of its tries, and adds the answer's headers below the first line.
    private static string Reason(Exception exception) =>
        exception is AggregateException { InnerException: { } first } ? Reason(first) : exception.Message.Split('\n')[0].TrimEnd();

    private void Recovered()
    {
        if (troubled)
            LogRecovered(logger, queue.Name);

        troubled = false;
    }

    [LoggerMessage(EventIds.Queues + 6, LogLevel.Warning, "The queue '{Queue}' cannot be read; trying again until it can. {Reason}")]
    private static partial void LogTrouble(ILogger logger, string queue, string reason);

    [LoggerMessage(EventIds.Queues + 7, LogLevel.Information, "The queue '{Queue}' can be read again.")]
    private static partial void LogRecovered(ILogger logger, string queue);

    [LoggerMessage(EventIds.Queues + 8, LogLevel.Information, "The message {MessageId} of '{Queue}' was unfinished and is visible to others again.")]
    private static partial void LogReleased(ILogger logger, string messageId, string queue);

    [LoggerMessage(EventIds.Queues + 9, LogLevel.Warning, "The unfinished message {MessageId} of '{Queue}' stays hidden until its lease runs out.")]
    private static partial void LogNotReleased(ILogger logger, Exception exception, string messageId, string queue);
}
