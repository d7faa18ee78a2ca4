using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FunctionApp.Tests.EmbeddedHost.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Tests.EmbeddedHost.Admin;

public sealed class AdminEndpointTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public sealed class Functions(Signals signals)
    {
        [Function("Web")]
        public void Web([HttpTrigger("get", Route = "web/{id}")] HttpRequest request) => signals.Tell("web");

        [Function("Message")]
        public void Message([QueueTrigger("abc")] string message) => signals.Tell(message);

        [Function("Tick")]
        public void Tick([TimerTrigger("01:00:00")] TimerInfo timer) => signals.Tell(timer);
    }

    [Fact]
    public async Task Functions_Get_ListsThem()
    {
        await using var host = await StartAsync();

        var list = await host.Http.GetFromJsonAsync<JsonElement[]>("admin/functions", Cancellation);

        Assert.Equal(["Message", "Tick", "Web"], list!.Select(f => f.GetProperty("name").GetString()));
        Assert.Equal("abc", list![0].GetProperty("queue").GetString());
        Assert.Equal("01:00:00", list[1].GetProperty("schedule").GetString());
        Assert.Equal($"{host.Info.BaseAddress}api/web/{{id}}", list[2].GetProperty("url").GetString());
    }

    [Fact]
    public async Task Status_Get_IsRunning()
    {
        await using var host = await StartAsync();

        Assert.Equal("Running", (await host.Http.GetFromJsonAsync<JsonElement>("admin/host/status", Cancellation)).GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("""{"input":"by hand"}""", "by hand")]
    [InlineData("""{"input":{"a":1}}""", """{"a":1}""")]
    public async Task Run_QueueFunction_GetsTheInput(string body, string expected)
    {
        await using var host = await StartAsync();

        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(host, "message", body));
        Assert.Equal(expected, await host.Signals.NextAsync());
    }

    [Fact]
    public async Task Run_TimerFunction_Runs()
    {
        await using var host = await StartAsync();

        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(host, "Tick", "{}"));
        Assert.IsType<TimerInfo>(await host.Signals.NextAsync());
    }

    [Theory]
    [InlineData("Nobody", "{}", HttpStatusCode.NotFound)]
    [InlineData("Web", "{}", HttpStatusCode.BadRequest)]
    [InlineData("Message", "{", HttpStatusCode.BadRequest)]
    public async Task Run_Impossible_IsRefused(string function, string body, HttpStatusCode expected)
    {
        await using var host = await StartAsync();

        Assert.Equal(expected, await PostAsync(host, function, body));
        Assert.True(host.Signals.NothingTold);
    }

    [Fact]
    public async Task Run_DisabledFunction_RunsAllTheSame()
    {
        var app = new TestApp(typeof(Functions));
        app.Settings["AzureWebJobs.Message.Disabled"] = "true";
        await using var host = await app.StartAsync();

        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(host, "Message", """{"input":"by hand"}"""));
        Assert.Equal("by hand", await host.Signals.NextAsync());
    }

    [Theory]
    [InlineData("admin/functions/Message")]
    [InlineData("admin/functions/Message/status")]
    [InlineData("admin/functions/Message/keys")]
    [InlineData("admin/host/keys")]
    [InlineData("admin/host/ping")]
    [InlineData("runtime/webhooks/any")]
    public async Task Path_OfTheStockHostAlone_Is404(string path)
    {
        await using var host = await StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.GetAsync(new Uri(path, UriKind.Relative), Cancellation)).StatusCode);
    }

    private static async Task<TestHost> StartAsync() => await new TestApp(typeof(Functions)).StartAsync();

    private static async Task<HttpStatusCode> PostAsync(TestHost host, string function, string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        return (await host.Http.PostAsync($"admin/functions/{function}", content, Cancellation)).StatusCode;
    }
}
