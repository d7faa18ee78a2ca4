using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace FunctionApp.Tests.EmbeddedHost.Harness;

/// <summary>A queue of one test alone.</summary>
internal sealed class TestQueue(string storage)
{
    public string Name { get; } = $"test-{Guid.NewGuid():N}";

    public QueueClient Client => field ??= new QueueClient(storage, Name);

    public QueueClient Poison => field ??= new QueueClient(storage, Name + "-poison");

    public async Task<TestQueue> CreateAsync()
    {
        await Client.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        return this;
    }

    public async Task SendAsync(params string[] texts)
    {
        foreach (var text in texts)
            await Client.SendMessageAsync(text, TestContext.Current.CancellationToken);
    }

    /// <summary>Receives one message as soon as there is one.</summary>
    public static async Task<QueueMessage> ReceiveAsync(QueueClient queue)
    {
        using var limit = new CancellationTokenSource(Limit.Signal);
        while (true)
        {
            if (await queue.ExistsAsync(limit.Token) && (await queue.ReceiveMessageAsync(cancellationToken: limit.Token)).Value is { } message)
                return message;
        }
    }

    /// <summary>Completes when the queue holds nothing, visible or hidden.</summary>
    public async Task WhenEmptyAsync()
    {
        using var limit = new CancellationTokenSource(Limit.Signal);
        while ((await Client.GetPropertiesAsync(limit.Token)).Value.ApproximateMessagesCount > 0)
            limit.Token.ThrowIfCancellationRequested();
    }
}
