using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Queues;

/// <summary>
/// Keeps a received message hidden from others until it is settled, once. Every renewal gives a new pop receipt and makes the old one worthless, so
/// renewal and settling take turns and the newest receipt is the only one kept.
/// </summary>
internal sealed partial class MessageLease : IAsyncDisposable
{
    // The service's word for it. A message that could not be processed must not vanish while nobody looks.
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    private readonly QueueClient queue;
    private readonly TimeSpan duration;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly CancellationTokenSource ended = new();
    private readonly Task renewal;
    private string popReceipt;
    private bool over;

    public MessageLease(QueueClient queue, QueueMessage message, TimeSpan duration, TimeProvider clock, ILogger logger)
    {
        this.queue = queue;
        this.duration = duration;
        this.clock = clock;
        this.logger = logger;
        Message = message;
        popReceipt = message.PopReceipt;
        renewal = RenewAsync();
    }

    public QueueMessage Message { get; }

    /// <summary>Deletes the message: it is done.</summary>
    public Task<bool> DeleteAsync(CancellationToken cancellationToken) =>
        SettleAsync(receipt => queue.DeleteMessageAsync(Message.MessageId, receipt, cancellationToken), cancellationToken);

    /// <summary>Puts the message, as it is, into another queue.</summary>
    public Task<bool> MoveAsync(QueueClient other, CancellationToken cancellationToken) => SettleAsync(
        async receipt =>
        {
            // Copy first: twice in the other queue is better than nowhere.
            await QueueOutputSender.SendAsync(other, Message.Body.ToString(), Forever, cancellationToken);
            await queue.DeleteMessageAsync(Message.MessageId, receipt, cancellationToken);
        },
        cancellationToken);

    /// <summary>Gives the message back, to be received again after the delay.</summary>
    public Task<bool> ReturnAsync(TimeSpan delay, CancellationToken cancellationToken) =>
        SettleAsync(receipt => queue.UpdateMessageAsync(Message.MessageId, receipt, (string?)null, delay, cancellationToken), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await renewal;
        ended.Dispose();
        turn.Dispose();
    }

    private async Task<bool> SettleAsync(Func<string, Task> settle, CancellationToken cancellationToken)
    {
        await ended.CancelAsync();
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (over)
                return false;

            await settle(popReceipt);
            over = true;
            return true;
        }
        catch (RequestFailedException exception) when (IsLost(exception))
        {
            over = true;
            LogLost(logger, Message.MessageId, exception.ErrorCode);
            return false;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task RenewAsync()
    {
        // Half: one renewal may fail and be tried again before another receives the message.
        var wait = duration / 2;
        while (!ended.IsCancellationRequested)
        {
            // Only the wait is cancelled, never the call: its answer holds the receipt that counts.
            await Task.Delay(wait, clock, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested)
                return;

            await turn.WaitAsync();
            try
            {
                if (over)
                    return;

                UpdateReceipt receipt = await queue.UpdateMessageAsync(Message.MessageId, popReceipt, (string?)null, duration);
                popReceipt = receipt.PopReceipt;
                wait = duration / 2;
            }
            catch (RequestFailedException exception) when (IsLost(exception))
            {
                over = true;
                LogLost(logger, Message.MessageId, exception.ErrorCode);
                return;
            }
            catch (Exception exception) when (exception is RequestFailedException or AggregateException or OperationCanceledException or IOException)
            {
                wait = duration / 10;
                LogRenewalFailed(logger, exception, Message.MessageId);
            }
            finally
            {
                turn.Release();
            }
        }
    }

    private static bool IsLost(RequestFailedException exception) =>
        exception.ErrorCode == QueueErrorCode.MessageNotFound || exception.ErrorCode == QueueErrorCode.PopReceiptMismatch || exception.ErrorCode == QueueErrorCode.QueueNotFound;

    [LoggerMessage(EventIds.Queues + 1, LogLevel.Warning, "The message {MessageId} is no longer ours ({Reason}): its lease ran out or someone deleted it. It may run twice.")]
    private static partial void LogLost(ILogger logger, string messageId, string? reason);

    [LoggerMessage(EventIds.Queues + 2, LogLevel.Warning, "The lease of message {MessageId} could not be renewed; trying again.")]
    private static partial void LogRenewalFailed(ILogger logger, Exception exception, string messageId);
}
