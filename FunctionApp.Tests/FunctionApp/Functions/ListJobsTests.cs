using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace FunctionApp.Tests.FunctionApp.Functions;

public sealed class ListJobsTests(RealServers servers)
{
    [Fact]
    public async Task Get_PageByPage_GivesEachJobOnceNewestFirst()
    {
        await using var app = await App.StartAsync(servers);
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Add((await app.RunAsync("math.add", """{"x":2,"y":3}""")).GetProperty("id").GetString()!);
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await app.Http.GetFromJsonAsync<JsonElement>($"api/jobs?limit=2&state=succeeded&name=math.add{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.AddRange(page.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("id").GetString()!));
            cursor = page.GetProperty("cursor").GetString();
        }
        while (cursor is not null);
        Assert.Equal(ids.AsEnumerable().Reverse(), seen);
    }

    [Fact]
    public async Task Get_FailedJob_ShowsWhyAndNoResult()
    {
        await using var app = await App.StartAsync(servers);
        await app.RunAsync("math.add", """{"x":2,"y":3}""");
        await app.RunAsync("demo.fail", "{}");
        var jobs = (await app.Http.GetFromJsonAsync<JsonElement>("api/jobs")).GetProperty("jobs").EnumerateArray().ToArray();
        Assert.Equal(["demo.fail", "math.add"], jobs.Select(job => job.GetProperty("name").GetString()));
        Assert.Equal("attemptsUsed", jobs[0].GetProperty("reason").GetString());
        Assert.Contains("at FunctionApp.Jobs", jobs[0].GetProperty("error").GetProperty("stackTrace").GetString(), StringComparison.Ordinal);
        Assert.False(jobs[1].TryGetProperty("result", out _));
    }

    [Theory]
    [InlineData("state=done", "state", "queued")]
    [InlineData("state=", "state", "empty")]
    [InlineData("state=failed&state=queued", "state", "2 times")]
    [InlineData("from=yesterday", "from", "ISO 8601")]
    [InlineData("from=2027-01-01T00:00:00Z&to=2026-01-01T00:00:00Z", "from", "later than 'to'")]
    [InlineData("limit=0", "limit", "1 to 1,000")]
    [InlineData("limit=1001", "limit", "1 to 1,000")]
    [InlineData("limit=ten", "limit", "1 to 1000")]
    [InlineData("cursor=x", "cursor", "page before")]
    [InlineData("status=failed", "status", "state, name, from, to, cursor, limit")]
    public async Task Get_QueryUnusable_IsAProblemThatNamesTheParameter(string query, string parameter, string says)
    {
        await using var app = await App.StartAsync(servers);
        using var answer = await app.Http.GetAsync(new Uri($"api/jobs?{query}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("urn:lovage:problem:invalid-parameter", parameter), (problem.GetProperty("type").GetString(), problem.GetProperty("parameter").GetString()));
        Assert.Contains(says, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WithoutAnOperatorsKey_Is403()
    {
        await using var app = await App.StartAsync(servers, new Dictionary<string, string?> { ["OperatorKeys:one"] = "operator-key-0123456789" });
        using var refused = await app.Http.GetAsync(new Uri("api/jobs", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/jobs");
        request.Headers.Add("x-operator-key", "operator-key-0123456789");
        using var answer = await app.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
