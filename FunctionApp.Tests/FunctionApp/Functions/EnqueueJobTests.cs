using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace FunctionApp.Tests.FunctionApp.Functions;

public sealed class EnqueueJobTests(RealServers servers) : IAsyncLifetime
{
    private App app = null!;

    public async ValueTask InitializeAsync() => app = await App.StartAsync(servers);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Post_MathAdd_IsAcceptedThenSucceedsWithItsResult()
    {
        using var accepted = await app.PostJobAsync("math.add", """{"x":2,"y":3}""");
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        var answer = await accepted.Content.ReadFromJsonAsync<JsonElement>();
        var id = answer.GetProperty("id").GetGuid();
        Assert.Equal($"{app.Http.BaseAddress}api/jobs/{id}", answer.GetProperty("statusUrl").GetString());
        Assert.Equal(answer.GetProperty("statusUrl").GetString(), accepted.Headers.Location!.AbsoluteUri);
        Assert.Equal(("math.add", "queued"), (answer.GetProperty("name").GetString(), answer.GetProperty("state").GetString()));

        var job = await app.EndOfAsync(accepted.Headers.Location);
        Assert.Equal(["id", "name", "state", "attempt", "result", "enqueuedAt", "startedAt", "finishedAt"], job.EnumerateObject().Select(p => p.Name));
        Assert.Equal((id, "math.add", "succeeded", 1, 5), (
            job.GetProperty("id").GetGuid(), job.GetProperty("name").GetString(), job.GetProperty("state").GetString(),
            job.GetProperty("attempt").GetInt32(), job.GetProperty("result").GetInt32()));
        Assert.True(job.GetProperty("enqueuedAt").GetDateTimeOffset() <= job.GetProperty("startedAt").GetDateTimeOffset());
        Assert.True(job.GetProperty("startedAt").GetDateTimeOffset() <= job.GetProperty("finishedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Post_UnknownJob_Is404WithTheKnownNames()
    {
        var problem = await ProblemAsync(await app.PostJobAsync("math.ad", "{}"), HttpStatusCode.NotFound, "unknown-job");
        Assert.Equal(
            ["demo.fail", "demo.fetch", "demo.noop", "demo.progress", "demo.sleep", "email.send", "math.add"], problem.GetProperty("known").EnumerateArray().Select(n => n.GetString()));
    }

    [Fact]
    public async Task Post_BadArguments_Is400NamingEach()
    {
        var problem = await ProblemAsync(await app.PostJobAsync("math.add", """{"x":"two","z":1}"""), HttpStatusCode.BadRequest, "invalid-arguments");
        Assert.Equal(["x", "z", "y"], problem.GetProperty("errors").EnumerateObject().Select(e => e.Name));
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("{\"x\":1,}", "not JSON")]
    public async Task Post_NotJson_Is400(string body, string says)
    {
        var problem = await ProblemAsync(await app.PostJobAsync("math.add", body), HttpStatusCode.BadRequest, "invalid-body");
        Assert.Contains(says, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_EmptyBody_IsNoArguments()
    {
        using var response = await app.Http.PostAsync(new Uri("api/jobs/demo.fail", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Fact]
    public async Task Post_OtherMediaType_Is415()
    {
        using var text = new StringContent("{}", new MediaTypeHeaderValue("text/plain"));
        using var response = await app.Http.PostAsync(new Uri("api/jobs/math.add", UriKind.Relative), text);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    // The host lets it pass, the app takes one job and not a stream of them.
    [Fact]
    public async Task Post_StreamOfJson_Is415()
    {
        using var lines = new StringContent("{}", new MediaTypeHeaderValue("application/x-ndjson"));
        await ProblemAsync(await app.Http.PostAsync(new Uri("api/jobs/math.add", UriKind.Relative), lines), HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_BodyOverTheLimit_Is413AndSaysTheLimit(bool chunked)
    {
        using var content = new StringContent($"{{\"message\":\"{new string('a', 1_100_000)}\"}}", new MediaTypeHeaderValue("application/json"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/jobs/demo.fail") { Content = content };
        request.Headers.TransferEncodingChunked = chunked;
        var problem = await ProblemAsync(await app.Http.SendAsync(request), HttpStatusCode.RequestEntityTooLarge, "too-large");
        Assert.Contains("1,048,576 bytes (Lovage:MaxArgumentBytes)", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ArgumentsTooLargeForAMessage_StillRun()
    {
        var job = await app.RunAsync("demo.fail", $$"""{"message":"{{new string('a', 100_000)}}"}""");
        Assert.Equal("failed", job.GetProperty("state").GetString());
        Assert.StartsWith("aaa", job.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api/jobs/0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a11")]
    [InlineData("api/jobs/nonsense")]
    public async Task Get_UnknownId_Is404(string path) =>
        await ProblemAsync(await app.Http.GetAsync(new Uri(path, UriKind.Relative)), HttpStatusCode.NotFound, "job-not-found");

    [Fact]
    public async Task Post_StoreDown_Is503WithRetryAfterAndTheId()
    {
        await using var broken = await App.StartAsync(servers, new Dictionary<string, string?> { ["Redis"] = "127.0.0.1:1,connectTimeout=200,connectRetry=0" });
        using var response = await broken.PostJobAsync("math.add", """{"x":2,"y":3}""");
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter!.Delta);
        var problem = await ProblemAsync(response, HttpStatusCode.ServiceUnavailable, "store-unavailable");
        Assert.True(problem.GetProperty("id").TryGetGuid(out _));
    }

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage response, HttpStatusCode status, string type)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(((int)status, $"urn:lovage:problem:{type}"), (problem.GetProperty("status").GetInt32(), problem.GetProperty("type").GetString()));
        response.Dispose();
        return problem;
    }
}
