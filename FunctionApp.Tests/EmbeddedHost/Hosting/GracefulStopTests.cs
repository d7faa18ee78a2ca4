using System.Net;
using System.Runtime.InteropServices;
using Azure.Storage.Queues.Models;
using EmbeddedHost.Hosting;
using FunctionApp.Tests.EmbeddedHost.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace FunctionApp.Tests.EmbeddedHost.Hosting;

public sealed class GracefulStopTests(RealServers servers)
{
    // So long that only a clock in the test's hand ends it.
    private static readonly TimeSpan Forever = TimeSpan.FromHours(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public sealed class Work(Signals signals)
    {
        [Function("Heeds")]
        public async Task Heeds([QueueTrigger("%Queue%")] string message, FunctionContext context, CancellationToken cancellationToken)
        {
            signals.Tell(message);
            try
            {
                await signals.PassAsync(message, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                signals.Tell(context.CancellationToken.IsCancellationRequested ? "token" : "parameter only");
                throw;
            }

            signals.Tell($"{message} done");
        }
    }

    public sealed class Deaf(Signals signals)
    {
        [Function("Deaf")]
        public async Task Run([QueueTrigger("%Queue%")] string message)
        {
            signals.Tell(message);
            await signals.PassAsync(message);
            signals.Tell($"{message} done");
        }
    }

    [Fact]
    public async Task Stop_InvocationRunning_LetsItFinishWithoutFiringItsToken()
    {
        var (queue, host) = await StartAsync(typeof(Work), app => app.DrainTimeout = Forever);
        await using var _ = host;
        await queue.SendAsync("job");
        Assert.Equal("job", await host.Signals.NextAsync());
        var stopping = StoppingOf(host);

        var stop = host.Host.StopAsync(Cancellation);
        await host.Logs.NextAsync(l => l.Text.StartsWith("Stopping", StringComparison.Ordinal));
        Assert.False(stop.IsCompleted);
        Assert.False(stopping.IsCancellationRequested);
        host.Signals.Open("job");

        Assert.Equal("job done", await host.Signals.NextAsync());
        await stop;
        Assert.True(host.Signals.NothingTold);
        Assert.True(stopping.IsCancellationRequested);
        await queue.WhenEmptyAsync();
    }

    [Fact]
    public async Task Stop_DrainTimeOver_TokensFireAndTheMessageIsVisibleAtOnce()
    {
        var (queue, host) = await StartAsync(typeof(Work), app => (app.DrainTimeout, app.CancelTimeout) = (TimeSpan.Zero, Forever));
        await using var _ = host;
        await queue.SendAsync("job");
        Assert.Equal("job", await host.Signals.NextAsync());

        await host.Host.StopAsync(Cancellation);

        Assert.Equal("token", await host.Signals.NextAsync());
        Assert.Equal("job", Assert.Single((await queue.Client.PeekMessagesAsync(1, Cancellation)).Value).MessageText);
        Assert.True(StoppingOf(host).IsCancellationRequested);
    }

    [Fact]
    public async Task Stop_DrainTime_IsTheClocksAndNotOver_TokensWait()
    {
        var clock = new FakeTimeProvider();
        var app = new TestApp(typeof(SlowHttp)) { Clock = clock, DrainTimeout = TimeSpan.FromSeconds(10), CancelTimeout = TimeSpan.FromSeconds(4) };
        await using var host = await app.StartAsync();
        var call = host.Http.GetAsync("api/Slow", Cancellation);
        Assert.Equal("started", await host.Signals.NextAsync());
        var stop = host.Host.StopAsync(Cancellation);
        await host.Logs.NextAsync(l => l.Text.StartsWith("Stopping", StringComparison.Ordinal));

        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.True(host.Signals.NothingTold);

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("token", await host.Signals.NextAsync());
        await stop;
        Assert.Equal(HttpStatusCode.InternalServerError, (await call).StatusCode);
    }

    [Fact]
    public async Task Stop_FunctionDeafToItsToken_MessageIsVisibleAtOnceAndNotDeletedLater()
    {
        var (queue, host) = await StartAsync(typeof(Deaf), app => (app.DrainTimeout, app.CancelTimeout) = (TimeSpan.Zero, TimeSpan.Zero));
        await using var _ = host;
        await queue.SendAsync("job");
        Assert.Equal("job", await host.Signals.NextAsync());

        await host.Host.StopAsync(Cancellation);

        // The peek leaves the receipt alone: what follows would succeed with it if the host still tried.
        Assert.Equal("job", Assert.Single((await queue.Client.PeekMessagesAsync(1, Cancellation)).Value).MessageText);
        host.Signals.Open("job");
        Assert.Equal("job done", await host.Signals.NextAsync());
        Assert.Equal(1, (await queue.Client.GetPropertiesAsync(Cancellation)).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task Stop_AfterARenewal_ReleasesWithTheNewestReceipt()
    {
        var (queue, host) = await StartAsync(typeof(Deaf), app =>
        {
            (app.DrainTimeout, app.CancelTimeout) = (TimeSpan.Zero, TimeSpan.Zero);
            app.MessageLease = TimeSpan.FromSeconds(2);
        });
        await using var _ = host;
        await queue.SendAsync("job");
        Assert.Equal("job", await host.Signals.NextAsync());

        // More than one lease, by the server's clock: there has been a renewal.
        await queue.Client.SendMessageAsync("later", TimeSpan.FromSeconds(3), cancellationToken: Cancellation);
        Assert.Equal("later", await host.Signals.NextAsync());

        await host.Host.StopAsync(Cancellation);

        Assert.Equal(2, (await queue.Client.PeekMessagesAsync(2, Cancellation)).Value.Length);
        host.Signals.Open("job");
        host.Signals.Open("later");
    }

    [Fact]
    public async Task Stop_WhileDraining_TakesNoNewMessages()
    {
        var (queue, host) = await StartAsync(typeof(Work), app => app.DrainTimeout = Forever);
        await using var _ = host;
        await queue.SendAsync("job");
        Assert.Equal("job", await host.Signals.NextAsync());
        var stop = host.Host.StopAsync(Cancellation);
        await host.Logs.NextAsync(l => l.Text.StartsWith("Stopping", StringComparison.Ordinal));

        await queue.SendAsync("too late");
        host.Signals.Open("job");
        await stop;

        Assert.Equal("job done", await host.Signals.NextAsync());
        Assert.True(host.Signals.NothingTold);
        QueueMessage left = Assert.Single((await queue.Client.ReceiveMessagesAsync(32, cancellationToken: Cancellation)).Value);
        Assert.Equal("too late", left.MessageText);
        Assert.True(left.DequeueCount <= 2);
    }

    public sealed class SlowHttp(Signals signals)
    {
        [Function("Slow")]
        public async Task<string> Run([HttpTrigger("get")] HttpRequest request, CancellationToken cancellationToken)
        {
            signals.Tell("started");
            try
            {
                await signals.PassAsync("go", cancellationToken);
                return "whole answer";
            }
            catch (OperationCanceledException)
            {
                signals.Tell("token");
                throw;
            }
        }
    }

    [Fact]
    public async Task Stop_RequestRunning_FinishesAndNewOnesAreRefused()
    {
        var app = new TestApp(typeof(SlowHttp)) { DrainTimeout = Forever };
        await using var host = await app.StartAsync();
        var call = host.Http.GetStringAsync("api/Slow", Cancellation);
        Assert.Equal("started", await host.Signals.NextAsync());

        var stop = host.Host.StopAsync(Cancellation);
        using var other = new HttpClient { BaseAddress = host.Http.BaseAddress };
        await host.Logs.NextAsync(l => l.Text.StartsWith("Stopping", StringComparison.Ordinal));
        await Assert.ThrowsAsync<HttpRequestException>(() => other.GetAsync("api/Slow", Cancellation));
        host.Signals.Open("go");

        Assert.Equal("whole answer", await call);
        await stop;
        Assert.True(host.Signals.NothingTold);
    }

    [Fact]
    public async Task StopApplication_ByTheAppItself_StillDrains()
    {
        var app = new TestApp(typeof(SlowHttp)) { DrainTimeout = Forever };
        await using var host = await app.StartAsync();
        var call = host.Http.GetStringAsync("api/Slow", Cancellation);
        Assert.Equal("started", await host.Signals.NextAsync());

        host.Host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        var run = host.Host.WaitForShutdownAsync(Cancellation);
        await host.Logs.NextAsync(l => l.Text.StartsWith("Stopping", StringComparison.Ordinal));
        host.Signals.Open("go");

        Assert.Equal("whole answer", await call);
        await run;
        Assert.True(host.Signals.NothingTold);
    }

    [Fact]
    public async Task Signal_First_DrainsBeforeTheApplicationStops()
    {
        var app = new TestApp(typeof(SlowHttp)) { DrainTimeout = Forever };
        await using var host = await app.StartAsync();
        var shutdown = host.Host.WaitForShutdownAsync(Cancellation);
        var lifetime = (SignalLifetime)host.Host.Services.GetRequiredService<IHostLifetime>();
        var call = host.Http.GetStringAsync("api/Slow", Cancellation);
        Assert.Equal("started", await host.Signals.NextAsync());

        var (first, again, impatient) = (
            new PosixSignalContext(PosixSignal.SIGTERM), new PosixSignalContext(PosixSignal.SIGTERM), new PosixSignalContext(PosixSignal.SIGINT));
        lifetime.OnSignal(first);
        await host.Logs.NextAsync(l => l.Text.StartsWith("Stopping", StringComparison.Ordinal));
        lifetime.OnSignal(again);
        lifetime.OnSignal(impatient);

        // Held back, also when it is repeated; Ctrl+C on top of it is left to end the process.
        Assert.True(first.Cancel);
        Assert.True(again.Cancel);
        Assert.False(impatient.Cancel);
        Assert.False(StoppingOf(host).IsCancellationRequested);
        host.Signals.Open("go");
        Assert.Equal("whole answer", await call);
        await shutdown;
    }

    private async Task<(TestQueue Queue, TestHost Host)> StartAsync(Type functions, Action<TestApp> configure)
    {
        var queue = await new TestQueue(servers.StorageConnectionString).CreateAsync();
        var app = TestApp.WithQueues(servers.StorageConnectionString, new { visibilityTimeout = "01:00:00" }, functions);
        app.Settings["Queue"] = queue.Name;
        configure(app);
        return (queue, await app.StartAsync());
    }

    private static CancellationToken StoppingOf(TestHost host) => host.Host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
}
