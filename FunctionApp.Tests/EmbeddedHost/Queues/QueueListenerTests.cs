using Azure.Storage.Queues;
using EmbeddedHost;
using FunctionApp.Tests.EmbeddedHost.Harness;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace FunctionApp.Tests.EmbeddedHost.Queues;

public sealed class QueueListenerTests(RealServers servers)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public sealed class Gated(Signals signals)
    {
        [Function("Gated")]
        public async Task Run([QueueTrigger("%Queue%")] string message)
        {
            signals.Tell(message);
            await signals.PassAsync(message, TestContext.Current.CancellationToken);
        }
    }

    public sealed class Control(Signals signals)
    {
        [Function("Control")]
        public void Run([QueueTrigger("%Queue%-control")] string message) => signals.Tell(message);
    }

    [Fact]
    public async Task Receive_AsManyInFlightAsAllowed_TheNextBatchWaits()
    {
        var queue = await new TestQueue(servers.StorageConnectionString).CreateAsync();
        await queue.SendAsync([.. Enumerable.Range(1, 11).Select(i => $"{i}")]);
        var app = TestApp.WithQueues(servers.StorageConnectionString, new { batchSize = 5, newBatchThreshold = 5 }, typeof(Gated), typeof(Control));
        app.Settings["Queue"] = queue.Name;
        await using var host = await app.StartAsync();
        var control = new QueueClient(servers.StorageConnectionString, queue.Name + "-control");
        await control.CreateAsync(cancellationToken: Cancellation);

        // Two batches of five: with ten in flight no batch is fetched, and the eleventh message stays visible to others.
        var first = await host.Signals.NextAsync(10);
        await AssertElevenWaitsAsync();

        // Six in flight are still too many.
        for (var i = 0; i < 4; i++)
            host.Signals.Open((string)first[i]!);

        await AssertElevenWaitsAsync();

        // Five are not.
        host.Signals.Open((string)first[4]!);
        Assert.Equal("11", await host.Signals.NextAsync());
        for (var i = 1; i <= 11; i++)
            host.Signals.Open($"{i}");

        await queue.WhenEmptyAsync();

        // Another queue's message makes its way meanwhile: a listener that would fetch has had its chance.
        async Task AssertElevenWaitsAsync()
        {
            await control.SendMessageAsync("control", Cancellation);
            Assert.Equal("control", await host.Signals.NextAsync());
            Assert.Equal("11", Assert.Single((await queue.Client.PeekMessagesAsync(32, Cancellation)).Value).MessageText);
        }
    }

    [Fact]
    public async Task Wake_ListenerWaitsToLookAgain_LooksAtOnce()
    {
        var queue = await new TestQueue(servers.StorageConnectionString).CreateAsync();
        // By a clock that stands still it would never look again.
        var app = TestApp.WithQueues(servers.StorageConnectionString, new { }, typeof(Control));
        app.Clock = new FakeTimeProvider();
        app.Settings["Queue"] = queue.Name;
        await using var host = await app.StartAsync();
        var control = new QueueClient(servers.StorageConnectionString, queue.Name + "-control");
        await control.CreateAsync(cancellationToken: Cancellation);
        var wakeUp = host.Host.Services.GetRequiredService<QueueWakeUp>();
        for (var i = 0; i < 3; i++)
        {
            await control.SendMessageAsync($"{i}", Cancellation);
            wakeUp.Wake(control.Name);
            Assert.Equal($"{i}", await host.Signals.NextAsync());
        }
    }

    [Fact]
    public async Task Receive_BatchSizeOverriddenBySetting_HoldsBackTheRest()
    {
        var queue = await new TestQueue(servers.StorageConnectionString).CreateAsync();
        await queue.SendAsync("1", "2", "3");
        var app = TestApp.WithQueues(servers.StorageConnectionString, new { batchSize = 32, newBatchThreshold = 0 }, typeof(Gated));
        app.Settings["Queue"] = queue.Name;
        app.Settings["AzureFunctionsJobHost__extensions__queues__batchSize"] = "2";
        await using var host = await app.StartAsync();

        // All three arrive in one batch of 32, so only a smaller batch leaves one.
        await host.Signals.NextAsync(2);
        Assert.Single((await queue.Client.PeekMessagesAsync(32, Cancellation)).Value);
        for (var i = 1; i <= 3; i++)
            host.Signals.Open($"{i}");

        await queue.WhenEmptyAsync();
        Assert.Equal(2, host.Info.Queues.BatchSize);
    }

    [Fact]
    public async Task Renewal_FunctionOutlivesTheLease_DeletesWithTheNewestReceipt()
    {
        var queue = await new TestQueue(servers.StorageConnectionString).CreateAsync();
        await queue.SendAsync("slow");
        var app = TestApp.WithQueues(servers.StorageConnectionString, new { }, typeof(Gated));
        app.Settings["Queue"] = queue.Name;
        app.MessageLease = TimeSpan.FromSeconds(2);
        await using var host = await app.StartAsync();
        await host.Signals.NextAsync();

        // Twice the lease, by the server's clock: every message sent here becomes visible when its delay is over.
        await queue.Client.SendMessageAsync("4 s later", TimeSpan.FromSeconds(4), cancellationToken: Cancellation);
        Assert.Equal("4 s later", await host.Signals.NextAsync());

        host.Signals.Open("slow");
        host.Signals.Open("4 s later");
        await queue.WhenEmptyAsync();
        Assert.True(host.Signals.NothingTold);
        Assert.DoesNotContain(host.Logs.All, l => l.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Renewal_MessageDeletedByAnother_IsLoggedAsLost()
    {
        var queue = await new TestQueue(servers.StorageConnectionString).CreateAsync();
        await queue.SendAsync("lost");
        var app = TestApp.WithQueues(servers.StorageConnectionString, new { }, typeof(Gated));
        app.Settings["Queue"] = queue.Name;
        await using var host = await app.StartAsync();
        await host.Signals.NextAsync();
        await queue.Client.ClearMessagesAsync(Cancellation);

        host.Signals.Open("lost");

        var line = await host.Logs.NextAsync(l => l.Level == LogLevel.Warning);
        Assert.Contains("no longer ours", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receive_QueueMissingAtFirst_StartsWhenItIsThere()
    {
        var queue = new TestQueue(servers.StorageConnectionString);
        var app = TestApp.WithQueues(servers.StorageConnectionString, new { }, typeof(Gated));
        app.Settings["Queue"] = queue.Name;
        await using var host = await app.StartAsync();

        await queue.CreateAsync();
        await queue.SendAsync("first");

        Assert.Equal("first", await host.Signals.NextAsync());
        Assert.DoesNotContain(host.Logs.All, l => l.Level >= LogLevel.Warning);
        host.Signals.Open("first");
    }

    [Fact]
    public async Task Start_QueueFunctions_LogsTheEffectiveConcurrency()
    {
        var app = TestApp.WithQueues(servers.StorageConnectionString, new { batchSize = 10, newBatchThreshold = 5 }, typeof(Gated));
        app.Settings["Queue"] = "never-made";
        await using var host = await app.StartAsync();

        var line = await host.Logs.NextAsync(l => l.Text.Contains("in flight", StringComparison.Ordinal));
        Assert.Contains("At most 15 messages", line.Text, StringComparison.Ordinal);
    }
}
