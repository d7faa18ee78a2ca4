using FunctionApp.Tests.EmbeddedHost.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace FunctionApp.Tests.EmbeddedHost.Invocation;

public sealed class FunctionTimeoutTests
{
    public sealed class Slow(Signals signals)
    {
        [Function("Slow")]
        public async Task Run([HttpTrigger("get")] HttpRequest request, CancellationToken cancellationToken)
        {
            signals.Tell("started");
            await signals.PassAsync("never", cancellationToken);
        }
    }

    [Fact]
    public async Task Invocation_LongerThanFunctionTimeout_IsCancelledAndLoggedByName()
    {
        var clock = new FakeTimeProvider();
        var app = new TestApp(typeof(Slow)) { Clock = clock, HostJson = """{ "functionTimeout": "00:05:00" }""" };
        await using var host = await app.StartAsync();
        var call = host.Http.GetAsync("api/Slow", TestContext.Current.CancellationToken);
        Assert.Equal("started", await host.Signals.NextAsync());

        clock.Advance(TimeSpan.FromSeconds(299));
        Assert.DoesNotContain(host.Logs.All, l => l.Level == LogLevel.Error);
        clock.Advance(TimeSpan.FromSeconds(1));

        var line = await host.Logs.NextAsync(l => l.Level == LogLevel.Error);
        Assert.Equal("Function 'Slow' ran longer than functionTimeout (00:05:00): its token was cancelled.", line.Text);
        Assert.Equal(500, (int)(await call).StatusCode);
    }
}
