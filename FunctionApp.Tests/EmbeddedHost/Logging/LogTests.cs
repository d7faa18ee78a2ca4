using FunctionApp.Tests.EmbeddedHost.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FunctionApp.Tests.EmbeddedHost.Logging;

public sealed class LogTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public sealed class Talks(ILogger<Talks> logger)
    {
        [Function("Talks")]
        public void Run([HttpTrigger("get")] HttpRequest request) => Say(logger, LogLevel.Debug, "from the function");
    }

    public sealed class Background(ILogger<Background> logger) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken)
        {
            Say(logger, LogLevel.Information, "from the background");
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Line_OutsideAnInvocation_Arrives()
    {
        var app = new TestApp(typeof(Talks)) { Services = services => services.AddHostedService<Background>() };
        await using var host = await app.StartAsync();

        var line = await host.Logs.NextAsync(l => l.Text == "from the background");

        Assert.Equal((typeof(Background).FullName!.Replace('+', '.'), LogLevel.Information), (line.Category, line.Level));
    }

    [Fact]
    public async Task Levels_OfHostJson_HoldForTheAppsOwnCategories()
    {
        const string Level = """{ "logging": { "logLevel": { "FunctionApp.Tests.EmbeddedHost.Logging.LogTests.Talks": "Debug" } } }""";
        await using var quiet = await new TestApp(typeof(Talks)).StartAsync();
        await using var talkative = await new TestApp(typeof(Talks)) { HostJson = Level }.StartAsync();

        await quiet.Http.GetAsync(new Uri("api/Talks", UriKind.Relative), Cancellation);
        await talkative.Http.GetAsync(new Uri("api/Talks", UriKind.Relative), Cancellation);

        Assert.DoesNotContain(quiet.Logs.All, l => l.Text == "from the function");
        Assert.Contains(talkative.Logs.All, l => l.Text == "from the function");
    }

    [Fact]
    public async Task Success_OfAnInvocation_IsALineOfTheFunctionsCategoryAtDebug()
    {
        await using var quiet = await new TestApp(typeof(Talks)).StartAsync();
        await using var talkative = await new TestApp(typeof(Talks)) { HostJson = """{ "logging": { "logLevel": { "Function.Talks": "Debug" } } }""" }.StartAsync();

        await quiet.Http.GetAsync(new Uri("api/Talks", UriKind.Relative), Cancellation);
        await talkative.Http.GetAsync(new Uri("api/Talks", UriKind.Relative), Cancellation);

        var line = await talkative.Logs.NextAsync(l => l.Category == "Function.Talks");
        Assert.StartsWith("Function 'Talks' succeeded in", line.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(quiet.Logs.All, l => l.Category == "Function.Talks");
    }

    private static void Say(ILogger logger, LogLevel level, string text) => logger.Log(level, default, text, null, (state, _) => state);
}
