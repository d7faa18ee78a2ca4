using EmbeddedHost;
using FunctionApp.Tests.EmbeddedHost.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FunctionApp.Tests.EmbeddedHost.Configuration;

public sealed class HostJsonTests
{
    [Fact]
    public async Task Queues_NothingSaid_HasTheStockDefaults()
    {
        await using var host = await new TestApp().StartAsync();

        Assert.Equal(
            new QueueSettings(16, 8 * Environment.ProcessorCount, TimeSpan.FromMinutes(1), TimeSpan.Zero, 5, MessageEncoding.Base64),
            host.Info.Queues);
    }

    [Fact]
    public async Task Queues_FileAndSettings_SettingsWin()
    {
        var app = Queues("""
            "batchSize": 32, "newBatchThreshold": 0, "maxPollingInterval": "00:00:00.1", "visibilityTimeout": "00:00:10",
            "maxDequeueCount": 2, "messageEncoding": "none", /* a comment */
            """);
        app.Settings["AzureFunctionsJobHost__extensions__queues__batchSize"] = "3";
        app.Settings["AzureFunctionsJobHost:extensions:queues:messageEncoding"] = "base64";
        await using var host = await app.StartAsync();

        Assert.Equal(
            new QueueSettings(3, 0, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10), 2, MessageEncoding.Base64),
            host.Info.Queues);
    }

    [Theory]
    [InlineData("\"batchSize\": 0", "host.json: extensions.queues.batchSize is '0'; it takes a whole number from 1 to 32.")]
    [InlineData("\"batchSize\": 33", "host.json: extensions.queues.batchSize is '33'; it takes a whole number from 1 to 32.")]
    [InlineData("\"batchSize\": \"ten\"", "host.json: extensions.queues.batchSize is 'ten'; it takes a whole number from 1 to 32.")]
    [InlineData("\"newBatchThreshold\": -1", "host.json: extensions.queues.newBatchThreshold is '-1'; it takes a whole number of at least 0.")]
    [InlineData("\"maxDequeueCount\": 0", "host.json: extensions.queues.maxDequeueCount is '0'; it takes a whole number of at least 1.")]
    [InlineData("\"maxPollingInterval\": \"00:00:00.05\"", "host.json: extensions.queues.maxPollingInterval is '00:00:00.05'; it takes a time (hh:mm:ss) from 00:00:00.1000000 to 00:01:00.")]
    [InlineData("\"maxPollingInterval\": \"00:02:00\"", "host.json: extensions.queues.maxPollingInterval is '00:02:00'; it takes a time (hh:mm:ss) from 00:00:00.1000000 to 00:01:00.")]
    [InlineData("\"visibilityTimeout\": \"8.00:00:00\"", "host.json: extensions.queues.visibilityTimeout is '8.00:00:00'; it takes a time (hh:mm:ss) from 00:00:00 to 7.00:00:00.")]
    [InlineData("\"messageEncoding\": \"utf8\"", "host.json: extensions.queues.messageEncoding is 'utf8'; it takes one of None, Base64.")]
    public void Value_OutOfRange_IsToldWithItsLimit(string member, string expected) =>
        Assert.Equal(expected, Assert.Throws<EmbeddedHostException>(Queues(member).Build).Message);

    [Fact]
    public void Value_OutOfRangeInASetting_NamesTheSetting()
    {
        var app = new TestApp();
        app.Settings["AzureFunctionsJobHost__extensions__queues__batchSize"] = "99";

        Assert.Equal(
            "AzureFunctionsJobHost__extensions__queues__batchSize is '99'; it takes a whole number from 1 to 32.",
            Assert.Throws<EmbeddedHostException>(app.Build).Message);
    }

    [Fact]
    public void Values_SeveralWrong_AreToldTogether()
    {
        var message = Assert.Throws<EmbeddedHostException>(Queues("\"batchSize\": 0, \"maxDequeueCount\": 0").Build).Message;

        Assert.StartsWith("2 problems:", message, StringComparison.Ordinal);
        Assert.Contains("batchSize is '0'", message, StringComparison.Ordinal);
        Assert.Contains("maxDequeueCount is '0'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_NotJson_TellsWhere()
    {
        var app = new TestApp { HostJson = "{\n  \"version\": oops\n}" };

        var message = Assert.Throws<EmbeddedHostException>(app.Build).Message;

        Assert.Contains("host.json is not valid JSON: line 2, character 14.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_Missing_TellsWhereItWasLookedFor()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"nothing-{Guid.NewGuid():N}");

        var exception = Assert.Throws<EmbeddedHostException>(() => EmbeddedFunctionsApplication.CreateBuilder(new EmbeddedHostOptions { ContentRoot = folder }));

        Assert.StartsWith($"There is no host.json: looked for {Path.Combine(folder, "host.json")}.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "queues": { "batchSize": 3 } }""", "'queues' belongs at 'extensions.queues'.")]
    [InlineData("""{ "batchsize": 3 }""", "'batchsize' belongs at 'extensions.queues.batchSize'.")]
    [InlineData("""{ "extensions": { "http": { "batchSize": 3 } } }""", "'extensions.http.batchSize' belongs at 'extensions.queues.batchSize'.")]
    [InlineData("""{ "extensions": { "queues": { "routePrefix": "x" } } }""", "'extensions.queues.routePrefix' belongs at 'extensions.http.routePrefix'.")]
    [InlineData("""{ "extensions": { "functionTimeout": { "x": 1 } } }""", "'extensions.functionTimeout' belongs at 'functionTimeout'.")]
    [InlineData("""{ "extensions": { "queues": { "batchSise": 3 } } }""", "'extensions.queues.batchSise' is not known; did you mean 'extensions.queues.batchSize'?")]
    [InlineData("""{ "extensions": { "queue": { "batchSize": 3 } } }""", "'extensions.queue' is not known; did you mean 'extensions.queues'?")]
    [InlineData("""{ "extension": { "queues": { "batchSize": 3 } } }""", "'extension' is not known; did you mean 'extensions'?")]
    [InlineData("""{ "extensions": { "queues": { "retries": 3 } } }""", "'extensions.queues.retries' is not known; this block takes batchSize,")]
    public async Task Key_LooksLikeAMistake_IsAWarningNamingTheRightPlace(string json, string expected)
    {
        await using var host = await new TestApp { HostJson = json }.StartAsync();

        var line = await host.Logs.NextAsync(l => l.Level == LogLevel.Warning);
        Assert.Contains(expected, line.Text, StringComparison.Ordinal);
        Assert.Single(host.Logs.All, l => l.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task Keys_OfTheStockHost_AreNoWarnings()
    {
        var app = new TestApp
        {
            HostJson = """
            { "version": "2.0", "watchDirectories": ["x"], "functionTimeout": "-1", "singleton": { "listenerLockPeriod": "00:00:15" },
              "extensions": { "durableTask": { "hubName": "x" }, "http": { "routePrefix": "api", "hsts": { "isEnabled": true } }, "queues": { "batchSize": 1 } } }
            """,
        };
        await using var host = await app.StartAsync();

        Assert.DoesNotContain(host.Logs.All, l => l.Level >= LogLevel.Warning);
    }

    [Fact]
    public void LogLevels_FileAndOverride_Filter()
    {
        var app = new TestApp { HostJson = """{ "logging": { "logLevel": { "default": "Error", "Function.A": "Debug", "Function.B": "None" } } }""" };
        app.Settings["AzureFunctionsJobHost__logging__logLevel__Function.B"] = "Warning";
        using var host = app.Build();
        var loggers = host.Services.GetRequiredService<ILoggerFactory>();

        Assert.False(loggers.CreateLogger("Any").IsEnabled(LogLevel.Warning));
        Assert.True(loggers.CreateLogger("Function.A").IsEnabled(LogLevel.Debug));
        Assert.True(loggers.CreateLogger("Function.B").IsEnabled(LogLevel.Warning));
        Assert.False(loggers.CreateLogger("Function.B").IsEnabled(LogLevel.Information));
    }

    [Theory]
    [InlineData("""{ "logging": { "logLevel": { "default": "Loud" } } }""", "host.json: logging.logLevel.default is 'Loud'; it takes one of Trace, Debug,")]
    [InlineData("""{ "functionTimeout": "soon" }""", "host.json: functionTimeout is 'soon'; it takes a time (hh:mm:ss) from 00:00:01")]
    public void Value_Unreadable_IsTold(string json, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<EmbeddedHostException>(new TestApp { HostJson = json }.Build).Message, StringComparison.Ordinal);

    private static TestApp Queues(string members) => new() { HostJson = $$"""{ "extensions": { "queues": { {{members}} } } }""" };
}
