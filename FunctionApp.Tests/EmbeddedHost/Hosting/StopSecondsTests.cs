using System.Collections.Concurrent;
using EmbeddedHost;
using FunctionApp.Tests.EmbeddedHost.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace FunctionApp.Tests.EmbeddedHost.Hosting;

/// <summary>A stop by the clock, with the seconds that the host has where nobody says otherwise.</summary>
public sealed class StopSecondsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public sealed class Deaf(Signals signals)
    {
        [Function("Deaf")]
        public async Task Run([HttpTrigger("get")] HttpRequest request, CancellationToken cancellationToken)
        {
            using var told = cancellationToken.Register(() => signals.Tell("token"));
            signals.Tell("started");
            await signals.PassAsync("go");
        }

        [Function("Tick")]
        public void Tick([TimerTrigger("00:00:01")] TimerInfo timer) => signals.Tell("tick");
    }

    [Fact]
    public async Task Stop_FunctionDeafToItsToken_TakesTenAndFourSeconds()
    {
        var (clock, options) = (new WatchedClock(), new EmbeddedHostOptions());
        var app = new TestApp(typeof(Deaf)) { Clock = clock, DrainTimeout = options.DrainTimeout, CancelTimeout = options.CancelTimeout };
        await using var host = await app.StartAsync();
        var stopping = host.Host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var call = host.Http.GetAsync(new Uri("api/Deaf", UriKind.Relative), Cancellation);
        Assert.Equal("started", await host.Signals.NextAsync());

        var stop = host.Host.StopAsync(Cancellation);
        await host.Logs.NextAsync(l => l.Text.StartsWith("Stopping", StringComparison.Ordinal));
        await clock.WhenAskedAsync(TimeSpan.FromSeconds(10));
        clock.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        // Neither the token, nor the timer, which would have been due nine times.
        Assert.True(host.Signals.NothingTold);
        Assert.False(stopping.IsCancellationRequested);

        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("token", await host.Signals.NextAsync());
        await clock.WhenAskedAsync(TimeSpan.FromSeconds(4));
        Assert.True(stopping.IsCancellationRequested);
        clock.Advance(TimeSpan.FromSeconds(4) - TimeSpan.FromTicks(1));
        Assert.DoesNotContain(host.Logs.All, l => l.Text.StartsWith("Abandoned", StringComparison.Ordinal));
        Assert.False(stop.IsCompleted);

        clock.Advance(TimeSpan.FromTicks(1));
        await host.Logs.NextAsync(l => l.Text.StartsWith("Abandoned", StringComparison.Ordinal));
        await stop;
        host.Signals.Open("go");
        await Assert.ThrowsAsync<HttpRequestException>(() => call);
    }

    /// <summary>Tells when somebody begins to wait for so long.</summary>
    private sealed class WatchedClock : FakeTimeProvider
    {
        private readonly ConcurrentDictionary<TimeSpan, TaskCompletionSource> asked = new();

        public Task WhenAskedAsync(TimeSpan duration) => Asked(duration).Task.WaitAsync(Limit.Signal);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Asked(dueTime).TrySetResult();
            return timer;
        }

        private TaskCompletionSource Asked(TimeSpan duration) => asked.GetOrAdd(duration, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
