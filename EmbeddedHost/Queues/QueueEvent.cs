using Azure.Storage.Queues.Models;
using EmbeddedHost.Invocation;

namespace EmbeddedHost.Queues;

/// <summary>Makes what a queue function is given.</summary>
internal static class QueueEvent
{
    /// <summary>The received message with its text decoded.</summary>
    public static QueueMessage Decoded(QueueMessage received, BinaryData body) => QueuesModelFactory.QueueMessage(
        received.MessageId, received.PopReceipt, body, received.DequeueCount, received.NextVisibleOn, received.InsertedOn, received.ExpiresOn);

    /// <summary>A message that never was in a queue, for runs by hand.</summary>
    public static QueueMessage ByHand(string body, DateTimeOffset now) =>
        QueuesModelFactory.QueueMessage(Guid.NewGuid().ToString(), "", new BinaryData(body), dequeueCount: 1, now, now, expiresOn: null);

    public static TriggerData Describe(QueueMessage message) => new(new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase)
    {
        ["Id"] = message.MessageId,
        ["DequeueCount"] = message.DequeueCount,
        ["InsertionTime"] = message.InsertedOn,
        ["ExpirationTime"] = message.ExpiresOn,
        ["NextVisibleTime"] = message.NextVisibleOn,
    });
}
