using Azure;
using Azure.Storage.Queues;
using FunctionApp.Tests.FunctionApp.CommandLine;

namespace FunctionApp.Tests.Guarantees.Soak;

/// <summary>What the queue and its poison queue hold: with everything ended, nothing, messages that are hidden for a dead worker included.</summary>
internal sealed class QueueLeftovers(AppSettings settings)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until no message is left.</summary>
    public async Task AreGoneAsync(TimeSpan longest)
    {
        foreach (var name in new[] { settings.Queue, $"{settings.Queue}-poison" })
        {
            var began = TimeProvider.System.GetTimestamp();
            while (await CountAsync(new(settings.Storage, name)) is > 0 and var left)
            {
                if (TimeProvider.System.GetElapsedTime(began) > longest)
                    Assert.Fail($"{left} messages are left in {name} after {longest}.");
                await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
            }
        }
    }

    // The poison queue is made when the first message is given up.
    private static async Task<int> CountAsync(QueueClient queue)
    {
        try
        {
            return (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount;
        }
        catch (RequestFailedException e) when (e.ErrorCode == "QueueNotFound")
        {
            return 0;
        }
    }
}
