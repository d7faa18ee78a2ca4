using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Lovage;
using Lovage.Processing;
using Lovage.Store;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FunctionApp.Tests.FunctionApp.Functions;

public sealed class ReplayDeadLettersTests(RealServers servers)
{
    private const string OperatorKey = "an-operator-key-of-this-test";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_ByName_RunsThemAgainAndNamesThem()
    {
        await using var app = await StartAsync();
        var failed = new[] { await FailAsync(app), await FailAsync(app) };
        var ids = failed.Select(job => job.GetProperty("id").GetString()).Order().ToArray();

        var (status, dry) = await PostAsync(app, """{"name":"demo.fail","dryRun":true}""");
        Assert.Equal((HttpStatusCode.OK, true, 2, 0, 0), (status, dry.GetProperty("dryRun").GetBoolean(), Number(dry, "matched"), Number(dry, "replayed"), Number(dry, "unreadable")));
        Assert.Equal(ids, Ids(dry));

        (status, var real) = await PostAsync(app, """{"name":"demo.fail"}""");
        Assert.Equal((HttpStatusCode.Accepted, false, 2, 2), (status, real.GetProperty("dryRun").GetBoolean(), Number(real, "matched"), Number(real, "replayed")));
        Assert.Equal(ids, Ids(real));
        Assert.False(real.TryGetProperty("next", out _));
        foreach (var id in ids)
            Assert.Equal(2, (await EndOfAsync(app, id!)).GetProperty("history").GetArrayLength());
    }

    [Theory]
    [InlineData("{}", 2)]
    [InlineData("", 2)]
    [InlineData("""{"name":null,"reason":null}""", 2)]
    [InlineData("""{"name":"math.add"}""", 0)]
    [InlineData("""{"reason":"attemptsUsed"}""", 2)]
    [InlineData("""{"reason":"rejected"}""", 0)]
    [InlineData("""{"from":"2026-01-01"}""", 2)]
    [InlineData("""{"from":"2199-12-31T00:00:00+01:00"}""", 0)]
    [InlineData("""{"to":"2026-01-01T00:00:00Z"}""", 0)]
    [InlineData("""{"limit":1}""", 1)]
    [InlineData("""{"limit":100,"repeatEffects":true}""", 2)]
    public async Task Post_Filter_Chooses(string body, int expected)
    {
        await using var app = await StartAsync();
        foreach (var _ in new[] { 1, 2 })
            await FailAsync(app);
        var (status, answer) = await PostAsync(app, body);
        Assert.Equal((HttpStatusCode.Accepted, expected, expected), (status, Number(answer, "matched"), Number(answer, "replayed")));
        Assert.Equal(expected == 1, answer.TryGetProperty("next", out _));
    }

    [Fact]
    public async Task Post_MessageThatCannotBeRead_IsCountedAndNotReplayed()
    {
        await using var app = await StartAsync();
        await app.Services.GetRequiredService<JobProcessor>().ProcessAsync("no message", Cancel);
        var (status, answer) = await PostAsync(app, "{}");
        Assert.Equal((HttpStatusCode.Accepted, 0, 1), (status, Number(answer, "matched"), Number(answer, "unreadable")));
    }

    [Theory]
    [InlineData("""{"nam":"demo.fail"}""", "nam", "The body takes: name, reason, from, to, limit, dryRun, repeatEffects.")]
    [InlineData("""{"Name":"demo.fail"}""", "Name", "is unknown")]
    [InlineData("""{"name":7}""", "name", "a job's name, as text")]
    [InlineData("""{"reason":"bad luck"}""", "reason", "one of attemptsUsed, notRetried, rejected, ")]
    [InlineData("""{"reason":"AttemptsUsed"}""", "reason", "one of attemptsUsed, ")]
    [InlineData("""{"from":"yesterday"}""", "from", "a time (ISO 8601)")]
    [InlineData("""{"to":1764201600}""", "to", "a time (ISO 8601)")]
    [InlineData("""{"from":"2026-11-27","to":"2026-11-26"}""", "from", "'from' is later than 'to'")]
    [InlineData("""{"limit":0}""", "limit", "a whole number from 1 to 10,000 (Api:MaxReplays)")]
    [InlineData("""{"limit":10001}""", "limit", "a whole number from 1 to 10,000 (Api:MaxReplays)")]
    [InlineData("""{"limit":1.5}""", "limit", "a whole number")]
    [InlineData("""{"limit":"10"}""", "limit", "a whole number")]
    [InlineData("""{"dryRun":"true"}""", "dryRun", "true or false")]
    [InlineData("""{"repeatEffects":1}""", "repeatEffects", "true or false")]
    [InlineData("""{"limit":1,"limit":2}""", "limit", "is given twice")]
    public async Task Post_FieldThatCannotBeUsed_Is400NamingItAndReplaysNothing(string body, string field, string says)
    {
        await using var app = await StartAsync();
        await FailAsync(app);
        var (status, problem) = await PostAsync(app, body);
        Assert.Equal((HttpStatusCode.BadRequest, "urn:lovage:problem:invalid-parameter", field),
            (status, problem.GetProperty("type").GetString(), problem.GetProperty("parameter").GetString()));
        Assert.Contains(says, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, Number((await PostAsync(app, """{"dryRun":true}""")).Answer, "matched"));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{")]
    [InlineData("""{"name":"\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    public async Task Post_BodyThatIsNoObjectOfText_Is400(string body)
    {
        await using var app = await StartAsync();
        var (status, problem) = await PostAsync(app, body);
        Assert.Equal((HttpStatusCode.BadRequest, "urn:lovage:problem:invalid-body"), (status, problem.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Post_FieldInTheQuery_Is400InsteadOfReplayingAll()
    {
        await using var app = await StartAsync();
        var (status, problem) = await PostAsync(app, "{}", query: "?dryRun=true");
        Assert.Equal((HttpStatusCode.BadRequest, "dryRun"), (status, problem.GetProperty("parameter").GetString()));
    }

    [Fact]
    public async Task Post_MaxReplaysIsLower_IsTheDefaultLimitToo()
    {
        await using var app = await StartAsync(new() { ["Api:MaxReplays"] = "1" });
        foreach (var _ in new[] { 1, 2 })
            await FailAsync(app);
        Assert.Equal(1, Number((await PostAsync(app, """{"dryRun":true}""")).Answer, "matched"));
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(app, """{"limit":2}""")).Status);
    }

    [Fact]
    public async Task Post_NoOperator_Is403()
    {
        await using var app = await StartAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(app, "{}", operatorKey: null)).Status);
    }

    [Fact]
    public async Task Post_StoreFailsInTheMiddle_Is503AndSaysHowManyRun()
    {
        await using var app = await StartAsync(configure: services =>
            services.AddSingleton<RedisConnection>(provider => new BreakingConnection(provider.GetRequiredService<IOptions<LovageOptions>>())));
        var failed = new[] { await FailAsync(app), await FailAsync(app) };
        var (status, problem) = await PostAsync(app, "{}");
        var ends = await Task.WhenAll(failed.Select(job => EndOfAsync(app, job.GetProperty("id").GetString()!)));
        Assert.Equal([1, 2], ends.Select(job => job.GetProperty("history").GetArrayLength()).Order());
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "urn:lovage:problem:store-unavailable", 1),
            (status, problem.GetProperty("type").GetString(), Number(problem, "replayed")));
        Assert.Contains("1 of 2 jobs were replayed before", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private Task<App> StartAsync(Dictionary<string, string?>? settings = null, Action<IServiceCollection>? configure = null) => App.StartAsync(
        servers, new Dictionary<string, string?>(settings ?? []) { ["OperatorKeys:test"] = OperatorKey }, builder => configure?.Invoke(builder.Services));

    private static Task<JsonElement> FailAsync(App app) => app.RunAsync("demo.fail", """{"message":"on purpose"}""");

    private static int Number(JsonElement answer, string field) => answer.GetProperty(field).GetInt32();

    private static string?[] Ids(JsonElement answer) => [.. answer.GetProperty("ids").EnumerateArray().Select(id => id.GetString()).Order()];

    // As an operator reads it: with the attempts that failed.
    private static async Task<JsonElement> EndOfAsync(App app, string id)
    {
        await app.EndOfAsync(new Uri(app.Http.BaseAddress!, $"api/jobs/{id}"));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{app.Http.BaseAddress}api/jobs/{id}");
        request.Headers.Add("x-operator-key", OperatorKey);
        using var answer = await app.Http.SendAsync(request, Cancel);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(App app, string body, string query = "", string? operatorKey = OperatorKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{app.Http.BaseAddress}api/dead-letters/replay{query}");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (operatorKey is not null)
            request.Headers.Add("x-operator-key", operatorKey);
        using var answer = await app.Http.SendAsync(request, Cancel);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel));
    }

    /// <summary>Every second replay fails.</summary>
    private sealed class BreakingConnection(IOptions<LovageOptions> options) : RedisConnection(options)
    {
        private int replays;

        public override Task<RedisResult> RunAsync(string script, RedisKey[] scriptKeys, RedisValue[] values, CancellationToken cancellation) =>
            script == RedisScripts.Replay && Interlocked.Increment(ref replays) % 2 == 0
                ? throw new JobStoreUnavailableException(new TimeoutException("on purpose"))
                : base.RunAsync(script, scriptKeys, values, cancellation);
    }
}
