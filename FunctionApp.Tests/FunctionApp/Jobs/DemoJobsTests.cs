using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace FunctionApp.Tests.FunctionApp.Jobs;

public sealed class DemoJobsTests(RealServers servers) : IAsyncLifetime
{
    private App app = null!;

    public async ValueTask InitializeAsync() => app = await App.StartAsync(servers);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Noop_Ends_WithAResult()
    {
        var job = await app.RunAsync("demo.noop", "{}");
        Assert.Equal(("succeeded", "done"), (job.GetProperty("state").GetString(), job.GetProperty("result").GetString()));
    }

    [Fact]
    public async Task Sleep_Ends_WithoutResult()
    {
        var job = await app.RunAsync("demo.sleep", """{"seconds":0.01}""");
        Assert.Equal("succeeded", job.GetProperty("state").GetString());
        Assert.False(job.TryGetProperty("result", out _));
    }

    [Theory]
    [InlineData("demo.sleep", """{"seconds":-1}""", "seconds", "must be at least 0 and at most 3600, not -1.")]
    [InlineData("demo.sleep", "[3601]", "seconds", "must be at least 0 and at most 3600, not 3601.")]
    [InlineData("demo.progress", """{"steps":0}""", "steps", "must be at least 1 and at most 1000, not 0.")]
    [InlineData("demo.fetch", """{"limit":0}""", "limit", "must be at least 1 and at most 100, not 0.")]
    public async Task Job_ArgumentOutOfRange_IsRefusedAtTheDoorAndSaysTheRange(string name, string json, string argument, string says)
    {
        using var answer = await app.PostJobAsync(name, json);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("urn:lovage:problem:invalid-arguments", problem.GetProperty("type").GetString());
        Assert.Equal(says, problem.GetProperty("errors").GetProperty(argument)[0].GetString());
    }

    [Fact]
    public async Task Fetch_WaitOutOfRange_Fails()
    {
        var job = await app.RunAsync("demo.fetch", """{"waits":[61]}""");
        Assert.Equal("failed", job.GetProperty("state").GetString());
        Assert.Equal("System.ArgumentOutOfRangeException", job.GetProperty("error").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Fail_Message_IsTheError()
    {
        var job = await app.RunAsync("demo.fail", """{"message":"no luck"}""");
        Assert.Equal(("failed", "no luck"), (job.GetProperty("state").GetString(), job.GetProperty("error").GetProperty("message").GetString()));
    }

    [Fact]
    public async Task Progress_LastReport_StaysWithTheJob()
    {
        var job = await app.RunAsync("demo.progress", """{"steps":4,"seconds":0}""");
        Assert.Equal(4, job.GetProperty("result").GetInt32());
        Assert.Equal(100, job.GetProperty("progress").GetProperty("percent").GetDouble());
        Assert.Equal("step 4 of 4", job.GetProperty("progress").GetProperty("message").GetString());
    }

    [Fact]
    public async Task Fetch_ManyAtOnce_ChildrenSeeTheJobAndKeepTheirOrder()
    {
        var health = new Uri(app.Http.BaseAddress!, "api/health/live").AbsoluteUri;
        var missing = new Uri(app.Http.BaseAddress!, "api/nothing").AbsoluteUri;
        var job = await app.RunAsync("demo.fetch", $$"""{"urls":["{{health}}","{{missing}}"],"waits":[0.01,0.02,0.03],"limit":5}""");
        var children = job.GetProperty("result").EnumerateArray().ToArray();
        Assert.Equal([health, missing, "wait 0.01 s", "wait 0.02 s", "wait 0.03 s"], children.Select(c => c.GetProperty("source").GetString()));
        Assert.All(children, c => Assert.Equal(job.GetProperty("id").GetString(), c.GetProperty("job").GetString()));
        Assert.Equal([200, 404], children.Take(2).Select(c => c.GetProperty("status").GetInt32()));
        Assert.All(children.Take(2), c => Assert.False(c.GetProperty("fromCache").GetBoolean()));
    }

    [Fact]
    public async Task Fetch_SamePageAgain_ComesFromTheAppsCache()
    {
        var url = new Uri(app.Http.BaseAddress!, $"api/health/live?{Guid.NewGuid()}").AbsoluteUri;
        await app.RunAsync("demo.fetch", $$"""{"urls":["{{url}}"]}""");
        var again = (await app.RunAsync("demo.fetch", $$"""{"urls":["{{url}}"]}""")).GetProperty("result")[0];
        Assert.Equal((true, 200), (again.GetProperty("fromCache").GetBoolean(), again.GetProperty("status").GetInt32()));
    }

    [Theory]
    [InlineData("http://169.254.169.254/metadata")]
    [InlineData("http://localhost.evil.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("nonsense")]
    public async Task Fetch_HostThatIsNotAllowed_IsNotFetched(string url)
    {
        var child = (await app.RunAsync("demo.fetch", $$"""{"urls":["{{url}}"]}""")).GetProperty("result")[0];
        Assert.StartsWith("Not fetched: DemoFetchHosts allows", child.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_NobodyAnswers_IsToldBesideTheOthers()
    {
        var result = (await app.RunAsync("demo.fetch", """{"urls":["http://127.0.0.1:1/"],"waits":[0]}""")).GetProperty("result");
        Assert.False(string.IsNullOrEmpty(result[0].GetProperty("error").GetString()));
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"wait {0} s"), result[1].GetProperty("source").GetString());
    }
}
