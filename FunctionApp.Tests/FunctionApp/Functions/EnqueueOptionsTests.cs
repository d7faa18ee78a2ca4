using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace FunctionApp.Tests.FunctionApp.Functions;

/// <summary>What a caller says of a job beside its arguments.</summary>
public sealed class EnqueueOptionsTests(RealServers servers) : IAsyncLifetime
{
    private App app = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => app = await App.StartAsync(servers);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("?delay=1h", null)]
    [InlineData("", "Lovage-Delay: 3600")]
    [InlineData("?notBefore=2100-01-31T08:00:00Z", null)]
    [InlineData("", "Lovage-Not-Before: 2100-01-31T08:00:00Z")]
    public async Task Post_Later_IsScheduled(string query, string? header)
    {
        using var answer = await PostAsync(query, header);
        var accepted = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal((HttpStatusCode.Accepted, "scheduled"), (answer.StatusCode, accepted.GetProperty("state").GetString()));
        var job = await app.Http.GetFromJsonAsync<JsonElement>(answer.Headers.Location, Cancel);
        Assert.Equal("scheduled", job.GetProperty("state").GetString());
        Assert.True(job.GetProperty("dueAt").GetDateTimeOffset() > TimeProvider.System.GetUtcNow().AddMinutes(30));
    }

    [Fact]
    public async Task Post_Expired_NeverRuns()
    {
        using var answer = await PostAsync("?expires=2001-01-01T00:00:00Z", null);
        Assert.Equal("expired", (await app.EndOfAsync(answer.Headers.Location!)).GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("?maxAttempts=7&timeLimit=90s&expires=10m", null)]
    [InlineData("?maxAttempts=100&timeLimit=1d&expires=36500d", null)]
    [InlineData("", "Lovage-Max-Attempts: 7")]
    [InlineData("", "Lovage-Time-Limit: 2m")]
    public async Task Post_OptionsThatChangeNothingHere_Succeeds(string query, string? header)
    {
        using var answer = await PostAsync(query, header);
        Assert.Equal("succeeded", (await app.EndOfAsync(answer.Headers.Location!)).GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("?delay=soon", null, "delay")]
    [InlineData("?delay=-1s", null, "delay")]
    [InlineData("?delay=1s&delay=2s", null, "delay")]
    [InlineData("?delay=1s", "Lovage-Delay: 1s", "delay")]
    [InlineData("?delay=36501d", null, "delay")]
    [InlineData("?delay=99999999d", null, "delay")]
    [InlineData("?notBefore=tomorrow", null, "notBefore")]
    [InlineData("?delay=1s&notBefore=2100-01-31", null, "notBefore")]
    [InlineData("?expires=0s", null, "expiresAfter")]
    [InlineData("?maxAttempts=0", null, "maxAttempts")]
    [InlineData("?maxAttempts=101", null, "maxAttempts")]
    [InlineData("?maxAttempts=x", null, "maxAttempts")]
    [InlineData("?timeLimit=2d", null, "timeLimit")]
    [InlineData("", "Lovage-Time-Limit: forever", "Lovage-Time-Limit")]
    [InlineData("?wait=long", null, "wait")]
    public async Task Post_OptionThatCannotBeUsed_Is400NamingIt(string query, string? header, string parameter)
    {
        using var answer = await PostAsync(query, header);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal((HttpStatusCode.BadRequest, "urn:lovage:problem:invalid-parameter", parameter),
            (answer.StatusCode, problem.GetProperty("type").GetString(), problem.GetProperty("parameter").GetString()));
    }

    [Theory]
    [InlineData("?wait=30s", null)]
    [InlineData("", "Prefer: respond-async, wait=30")]
    public async Task Post_Wait_AnswersWithTheEndedJob(string query, string? header)
    {
        using var answer = await PostAsync(query, header);
        var job = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal((HttpStatusCode.OK, "succeeded", 5), (answer.StatusCode, job.GetProperty("state").GetString(), job.GetProperty("result").GetInt32()));
        // Told only to who asked by it.
        Assert.Equal(header is null ? [] : ["wait=30"], answer.Headers.TryGetValues("Preference-Applied", out var applied) ? applied : []);
    }

    [Fact]
    public async Task Post_WaitIsLongerThanAllowed_IsCutAndSaysSo()
    {
        await using var impatient = await App.StartAsync(servers, new Dictionary<string, string?> { ["Api:LongestWait"] = "00:00:01" });
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{impatient.Http.BaseAddress}api/jobs/math.add?delay=1h");
        request.Content = new StringContent("""{"x":2,"y":3}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        request.Headers.Add("Prefer", "wait=3600");
        using var answer = await impatient.Http.SendAsync(request, Cancel);
        Assert.Equal((HttpStatusCode.Accepted, "wait=1"), (answer.StatusCode, Assert.Single(answer.Headers.GetValues("Preference-Applied"))));
    }

    [Fact]
    public async Task Post_WaitIsOver_Is202()
    {
        using var answer = await PostAsync("?wait=20ms&delay=1h", null);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        using var asked = await app.Http.GetAsync(new Uri(answer.Headers.Location + "?wait=20ms"), Cancel);
        Assert.Equal("scheduled", (await asked.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Post_IdempotencyKeyTwice_IsOneJob_AndForOtherArgumentsIs409()
    {
        using var first = await PostAsync("", "Idempotency-Key: order 17");
        await app.EndOfAsync(first.Headers.Location!);
        using var again = await PostAsync("", "Idempotency-Key: order 17", "[2,3]");
        Assert.Equal((HttpStatusCode.Accepted, first.Headers.Location), (again.StatusCode, again.Headers.Location));
        Assert.Equal("succeeded", (await again.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("state").GetString());

        using var other = await PostAsync("", "Idempotency-Key: order 17", """{"x":2,"y":4}""");
        var problem = await other.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal((HttpStatusCode.Conflict, "urn:lovage:problem:idempotency-conflict"), (other.StatusCode, problem.GetProperty("type").GetString()));
        Assert.EndsWith(problem.GetProperty("id").GetString()!, first.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[2,3]", HttpStatusCode.Accepted)]
    [InlineData("[2]", HttpStatusCode.BadRequest)]
    [InlineData("[2,3,4]", HttpStatusCode.BadRequest)]
    [InlineData("""["two",3]""", HttpStatusCode.BadRequest)]
    public async Task Post_ArgumentsByPosition_AreTakenAsByName(string body, HttpStatusCode expected)
    {
        using var answer = await PostAsync("", null, body);
        Assert.Equal(expected, answer.StatusCode);
        if (expected is HttpStatusCode.Accepted)
            Assert.Equal(5, (await app.EndOfAsync(answer.Headers.Location!)).GetProperty("result").GetInt32());
    }

    private async Task<HttpResponseMessage> PostAsync(string query, string? header, string body = """{"x":2,"y":3}""")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"api/jobs/math.add{query}", UriKind.Relative));
        request.Content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        if (header?.Split(": ", 2) is [var name, var value])
            request.Headers.TryAddWithoutValidation(name, value);
        return await app.Http.SendAsync(request, Cancel);
    }
}
