using System.Net;
using EmbeddedHost;
using FunctionApp.Tests.EmbeddedHost.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Time.Testing;

namespace FunctionApp.Tests.EmbeddedHost.Catalog;

public sealed class DisabledFunctionTests(RealServers servers)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public sealed class Web
    {
        [Function("Web")]
        public string Run([HttpTrigger("get")] HttpRequest request) => "on";
    }

    [Theory]
    [InlineData("AzureWebJobs.Web.Disabled", "true", HttpStatusCode.NotFound)]
    [InlineData("AzureWebJobs__Web__Disabled", "1", HttpStatusCode.NotFound)]
    [InlineData("AzureWebJobs.Web.Disabled", "false", HttpStatusCode.OK)]
    [InlineData("AzureWebJobs.Other.Disabled", "true", HttpStatusCode.OK)]
    public async Task HttpFunction_Disabled_Is404(string setting, string value, HttpStatusCode expected)
    {
        var app = new TestApp(typeof(Web));
        app.Settings[setting] = value;
        await using var host = await app.StartAsync();

        Assert.Equal(expected, (await host.Http.GetAsync("api/Web", Cancellation)).StatusCode);
        Assert.Equal(expected == HttpStatusCode.NotFound, Assert.Single(host.Info.Functions).Disabled);
    }

    public sealed class SwitchedOn(Signals signals)
    {
        [Function("On")]
        public void Run([QueueTrigger("%Queue%")] string message) => signals.Tell($"on {message}");
    }

    public sealed class SwitchedOff(Signals signals)
    {
        [Function("Off")]
        public void Run([QueueTrigger("%Queue%-off")] string message) => signals.Tell($"off {message}");

        [Function("OffTimer")]
        public void Tick([TimerTrigger("%NoSuchSetting%", RunOnStartup = true)] TimerInfo timer) => signals.Tell("tick");
    }

    [Fact]
    public async Task QueueAndTimerFunction_Disabled_DoNotRunAndNeedNoSettings()
    {
        var queue = await new TestQueue(servers.StorageConnectionString).CreateAsync();
        var off = new Azure.Storage.Queues.QueueClient(servers.StorageConnectionString, queue.Name + "-off");
        await off.CreateAsync(cancellationToken: Cancellation);
        await off.SendMessageAsync("x", Cancellation);
        await queue.SendAsync("x");
        var app = TestApp.WithQueues(servers.StorageConnectionString, new { }, typeof(SwitchedOn), typeof(SwitchedOff));
        app.Settings["Queue"] = queue.Name;
        app.Settings["AzureWebJobs.Off.Disabled"] = "true";
        app.Settings["AzureWebJobs.OffTimer.Disabled"] = "true";
        await using var host = await app.StartAsync();

        Assert.Equal("on x", await host.Signals.NextAsync());
        await queue.WhenEmptyAsync();
        Assert.True(host.Signals.NothingTold);
        Assert.Single((await off.PeekMessagesAsync(1, Cancellation)).Value);
    }

    [Fact]
    public void Setting_NeitherTrueNorFalse_IsRefused()
    {
        var app = new TestApp(typeof(Web)) { Clock = new FakeTimeProvider() };
        app.Settings["AzureWebJobs.Web.Disabled"] = "yes";

        Assert.Equal("The setting 'AzureWebJobs.Web.Disabled' is 'yes'; it takes true or false.", Assert.Throws<EmbeddedHostException>(app.Build).Message);
    }
}
