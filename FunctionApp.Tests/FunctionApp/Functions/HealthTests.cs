using System.Net;
using System.Text.Json;
using FunctionApp.Tests.Lovage;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.FunctionApp.Functions;

public sealed class HealthTests(RealServers servers)
{
    private const string Live = "{\"status\":\"healthy\",\"outbox\":\"ok\",\"sweep\":\"ok\",\"bodies\":\"ok\"}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_AllIsWell_IsLiveAndReady()
    {
        await using var app = await App.StartAsync(servers);
        Assert.Equal((HttpStatusCode.OK, Live), await GetAsync(app, "live"));
        Assert.Equal((HttpStatusCode.OK, "{\"status\":\"healthy\",\"store\":\"ok\",\"queue\":\"ok\"}"), await GetAsync(app, "ready"));
    }

    [Fact]
    public async Task Get_AJobHasRun_TellsOfTheLeaseToo()
    {
        await using var app = await App.StartAsync(servers);
        await app.RunAsync("math.add", """{"x":2,"y":3}""");
        Assert.Equal((HttpStatusCode.OK, "{\"status\":\"healthy\",\"lease\":\"ok\",\"outbox\":\"ok\",\"sweep\":\"ok\",\"bodies\":\"ok\"}"), await GetAsync(app, "live"));
    }

    [Theory]
    [InlineData("Redis", "127.0.0.1:1,connectTimeout=200,connectRetry=0", "store", "queue")]
    [InlineData("AzureWebJobsStorage", "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=AAAA;QueueEndpoint=http://127.0.0.1:1/devstoreaccount1", "queue", "store")]
    public async Task Get_OneIsDown_IsNotReadyAndNamesIt_ButLive(string setting, string value, string down, string up)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(time, setting, value);
        var (status, text) = await GetAsync(app, "ready");
        var report = JsonDocument.Parse(text).RootElement;
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unhealthy", "ok"), (status, report.GetProperty("status").GetString(), report.GetProperty(up).GetString()));
        Assert.Contains("is unavailable", report.GetProperty(down).GetString(), StringComparison.Ordinal);

        // Whatever was noted before the minute passed no longer counts: the sweeps go on, and fail.
        time.Shift(TimeSpan.FromMinutes(1));
        await BecomesAsync(app, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Get_RedisHangs_IsNeitherLiveNorReady_UntilItAnswers()
    {
        await using var proxy = new FaultProxy(servers.RedisConnectionString, seed: 1);
        // A client that gives up by itself is not stuck: here it would not within this test.
        await using var app = await StartAsync(TimeProvider.System, "Redis", $"{proxy.Address},asyncTimeout=600000,syncTimeout=600000");
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, "ready")).Status);

        proxy.Freeze();
        var (status, text) = await GetAsync(app, "ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("it did not answer within 10 s", text, StringComparison.Ordinal);
        await BecomesAsync(app, HttpStatusCode.ServiceUnavailable);
        Assert.Matches("^{\"status\":\"unhealthy\",\"outbox\":\"ok\",\"sweep\":\"stuck for \\d\\d s: it comes round within 10 s\",\"bodies\":\"ok\"}$", (await GetAsync(app, "live")).Text);

        proxy.Thaw();
        await BecomesAsync(app, HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(app, "ready")).Status);
    }

    [Fact]
    public async Task Get_OneIsDown_IsExplainedToOperatorsOnly()
    {
        const string Key = "an-operator-key-of-this-test";
        await using var app = await App.StartAsync(
            servers, new Dictionary<string, string?> { ["Redis"] = "127.0.0.1:1,connectTimeout=200,connectRetry=0", ["OperatorKeys:test"] = Key });
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "{\"status\":\"unhealthy\",\"store\":\"unavailable\",\"queue\":\"ok\"}"), await GetAsync(app, "ready"));
        app.Http.DefaultRequestHeaders.Add("x-operator-key", Key);
        Assert.Contains("The job store (Redis) is unavailable: ", (await GetAsync(app, "ready")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("live")]
    [InlineData("ready")]
    public async Task Get_NeedsNoKey_AndIsNotToBeCached(string what)
    {
        await using var app = await App.StartAsync(servers, new Dictionary<string, string?> { ["FunctionKeys:default"] = "a-function-key-of-this-test" });
        using var answer = await app.Http.GetAsync(new Uri($"api/health/{what}", UriKind.Relative), Cancel);
        Assert.Equal((HttpStatusCode.OK, "no-store", "application/json"), (answer.StatusCode, $"{answer.Headers.CacheControl}", $"{answer.Content.Headers.ContentType}"));
    }

    private Task<App> StartAsync(TimeProvider time, string setting, string value) => App.StartAsync(
        servers, new Dictionary<string, string?> { [setting] = value, ["Lovage:SweepInterval"] = "00:00:00.1" }, builder => builder.Services.AddSingleton(time));

    private static async Task BecomesAsync(App app, HttpStatusCode live)
    {
        using var limit = new CancellationTokenSource(Limits.Signal);
        while ((await GetAsync(app, "live")).Status != live)
            limit.Token.ThrowIfCancellationRequested();
    }

    private static async Task<(HttpStatusCode Status, string Text)> GetAsync(App app, string what)
    {
        using var answer = await app.Http.GetAsync(new Uri($"api/health/{what}", UriKind.Relative), Cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    /// <summary>The real clock, after some time that nobody had to wait for.</summary>
    private sealed class ShiftedTime : TimeProvider
    {
        private long shift;

        public void Shift(TimeSpan span) => Interlocked.Add(ref shift, (long)(span.TotalSeconds * TimestampFrequency));

        public override long GetTimestamp() => base.GetTimestamp() + Volatile.Read(ref shift);
    }
}
