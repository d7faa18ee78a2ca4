using System.Collections;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using EmbeddedHost.Catalog;
using EmbeddedHost.Configuration;

namespace EmbeddedHost.Queues;

/// <summary>Sends what functions return to queues, before an HTTP answer is written: who gets a 200 can rely on the message.</summary>
internal sealed class QueueOutputSender(StorageConnections connections, HostSettings settings)
{
    private readonly ConcurrentDictionary<(string Queue, string Connection), QueueClient> clients = new();

    public async Task SendAsync(ResultShape shape, object? result, CancellationToken cancellationToken)
    {
        foreach (var output in shape.Outputs)
        {
            foreach (var bytes in Messages(output.ValueOf(result)))
            {
                var queue = clients.GetOrAdd((output.Queue, output.Connection), key => connections.Open(key.Queue, key.Connection));
                await SendAsync(queue, MessageText.Encode(bytes, settings.Queues.MessageEncoding), timeToLive: null, cancellationToken);
            }
        }
    }

    /// <summary>Sends a text as it is; makes the queue if it is missing.</summary>
    /// <param name="queue">Where to.</param>
    /// <param name="text">What.</param>
    /// <param name="timeToLive">When the service drops it; null is its default of 7 days.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public static async Task SendAsync(QueueClient queue, string text, TimeSpan? timeToLive, CancellationToken cancellationToken)
    {
        try
        {
            await queue.SendMessageAsync(text, timeToLive: timeToLive, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            await queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await queue.SendMessageAsync(text, timeToLive: timeToLive, cancellationToken: cancellationToken);
        }
    }

    private static IEnumerable<byte[]> Messages(object? value) => value switch
    {
        null => [],
        string text => [Encoding.UTF8.GetBytes(text)],
        byte[] bytes => [bytes],
        BinaryData data => [data.ToArray()],
        IEnumerable many and not IDictionary => many.Cast<object?>().SelectMany(Messages),
        _ => [JsonSerializer.SerializeToUtf8Bytes(value, value.GetType())],
    };
}
