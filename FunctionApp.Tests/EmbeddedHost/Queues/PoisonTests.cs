using System.Text;
using Azure.Storage.Queues.Models;
using FunctionApp.Tests.EmbeddedHost.Harness;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace FunctionApp.Tests.EmbeddedHost.Queues;

public sealed class PoisonTests(RealServers servers)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public sealed class Failing(Signals signals)
    {
        [Function("Failing")]
        public void Run([QueueTrigger("%Queue%")] QueueMessage message)
        {
            signals.Tell(message.DequeueCount);
            throw new InvalidOperationException("always");
        }
    }

    [Fact]
    public async Task Failure_MaxDequeueCountTimes_MovesTheMessageToPoison()
    {
        var queue = await new TestQueue(servers.StorageConnectionString).CreateAsync();
        await queue.SendAsync("bad");
        var app = TestApp.WithQueues(servers.StorageConnectionString, new { maxDequeueCount = 3 }, typeof(Failing));
        app.Settings["Queue"] = queue.Name;
        await using var host = await app.StartAsync();

        Assert.Equal([1L, 2L, 3L], await host.Signals.NextAsync(3));
        Assert.Equal("bad", (await TestQueue.ReceiveAsync(queue.Poison)).MessageText);
        await queue.WhenEmptyAsync();
        Assert.True(host.Signals.NothingTold);
        Assert.Equal(3, host.Logs.All.Count(l => l is { Category: "Function.Failing", Level: LogLevel.Error }));
    }

    [Fact]
    public async Task Failure_TheLast_DoesNotWaitForTheVisibilityTimeout()
    {
        var queue = await new TestQueue(servers.StorageConnectionString).CreateAsync();
        await queue.SendAsync("bad");
        var app = TestApp.WithQueues(servers.StorageConnectionString, new { maxDequeueCount = 1, visibilityTimeout = "01:00:00" }, typeof(Failing));
        app.Settings["Queue"] = queue.Name;
        await using var host = await app.StartAsync();

        Assert.Equal(1L, await host.Signals.NextAsync());
        Assert.Equal("bad", (await TestQueue.ReceiveAsync(queue.Poison)).MessageText);
    }

    [Fact]
    public async Task Failure_VisibilityTimeout_HidesTheMessageForThatLong()
    {
        var queue = await new TestQueue(servers.StorageConnectionString).CreateAsync();
        await queue.SendAsync("bad");
        var app = TestApp.WithQueues(servers.StorageConnectionString, new { visibilityTimeout = "01:00:00" }, typeof(Failing));
        app.Settings["Queue"] = queue.Name;
        await using var host = await app.StartAsync();
        Assert.Equal(1L, await host.Signals.NextAsync());

        // Settled for certain: a stop waits for it. Had it been given back with no delay, it would be visible now.
        await host.Host.StopAsync(Cancellation);

        Assert.True(host.Signals.NothingTold);
        Assert.Empty((await queue.Client.PeekMessagesAsync(1, Cancellation)).Value);
        Assert.Equal(1, (await queue.Client.GetPropertiesAsync(Cancellation)).Value.ApproximateMessagesCount);
    }

    public sealed class Text(Signals signals)
    {
        [Function("Text")]
        public void Run([QueueTrigger("%Queue%")] string message) => signals.Tell(message);
    }

    [Fact]
    public async Task Receive_NotBase64_GoesToPoisonUnseenAndUnchanged()
    {
        var queue = await new TestQueue(servers.StorageConnectionString).CreateAsync();
        await queue.SendAsync("plain {text}", Convert.ToBase64String(Encoding.UTF8.GetBytes("good")));
        var app = TestApp.WithQueues(servers.StorageConnectionString, new { messageEncoding = "base64" }, typeof(Text));
        app.Settings["Queue"] = queue.Name;
        await using var host = await app.StartAsync();

        Assert.Equal("plain {text}", (await TestQueue.ReceiveAsync(queue.Poison)).MessageText);
        Assert.Equal("good", await host.Signals.NextAsync());
        await queue.WhenEmptyAsync();
        Assert.True(host.Signals.NothingTold);
    }

    [Fact]
    public async Task Receive_DequeuedTooOftenWithoutAnOutcome_GoesToPoisonUnseen()
    {
        var queue = await new TestQueue(servers.StorageConnectionString).CreateAsync();
        await queue.SendAsync("killer");

        // As left by processes that died of it.
        for (var i = 0; i < 2; i++)
        {
            QueueMessage received = await queue.Client.ReceiveMessageAsync(cancellationToken: Cancellation);
            await queue.Client.UpdateMessageAsync(received.MessageId, received.PopReceipt, (string?)null, TimeSpan.Zero, Cancellation);
        }

        var app = TestApp.WithQueues(servers.StorageConnectionString, new { maxDequeueCount = 2 }, typeof(Text));
        app.Settings["Queue"] = queue.Name;
        await using var host = await app.StartAsync();

        Assert.Equal("killer", (await TestQueue.ReceiveAsync(queue.Poison)).MessageText);
        Assert.True(host.Signals.NothingTold);
    }

    public sealed class Buried(Signals signals)
    {
        [Function("Buried")]
        public void Run([QueueTrigger("%Queue%-poison")] QueueMessage message)
        {
            signals.Tell(message.DequeueCount);
            throw new InvalidOperationException("always");
        }
    }

    [Fact]
    public async Task Failure_InAPoisonQueue_IsTriedOnAndOn()
    {
        var queue = new TestQueue(servers.StorageConnectionString);
        await queue.Poison.CreateAsync(cancellationToken: Cancellation);
        await queue.Poison.SendMessageAsync("dead", Cancellation);
        var app = TestApp.WithQueues(servers.StorageConnectionString, new { maxDequeueCount = 1 }, typeof(Buried));
        app.Settings["Queue"] = queue.Name;
        await using var host = await app.StartAsync();

        // Beyond the count at which it would go to a poison queue, if this one had one.
        Assert.Equal([1L, 2L, 3L], await host.Signals.NextAsync(3));
    }
}
