using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace FunctionApp.Tests.FunctionApp.Functions;

public sealed class GetStatsTests(RealServers servers)
{
    [Fact]
    public async Task Get_AfterSomeJobs_CountsThem()
    {
        await using var app = await App.StartAsync(servers);
        await app.RunAsync("math.add", """{"x":2,"y":3}""");
        await app.RunAsync("math.add", """{"x":2,"y":3}""");
        await app.RunAsync("demo.fail", "{}");
        var stats = await app.Http.GetFromJsonAsync<JsonElement>("api/stats");

        Assert.Equal((2, 1), (stats.GetProperty("states").GetProperty("succeeded").GetInt32(), stats.GetProperty("states").GetProperty("failed").GetInt32()));
        var jobs = stats.GetProperty("jobs").EnumerateArray().ToDictionary(job => job.GetProperty("name").GetString()!);
        Assert.Equal(2, jobs["math.add"].GetProperty("states").GetProperty("succeeded").GetInt32());
        Assert.Equal(2, jobs["math.add"].GetProperty("runSeconds").GetProperty("count").GetInt32());
        Assert.InRange(jobs["math.add"].GetProperty("waitSeconds").GetProperty("p50").GetDouble(), 0, 60);
        Assert.Equal((0.4, 0.2), (jobs["math.add"].GetProperty("endedPerMinute").GetDouble(), jobs["demo.fail"].GetProperty("failedPerMinute").GetDouble()));
        Assert.Equal(JsonValueKind.Null, jobs["demo.sleep"].GetProperty("waitSeconds").ValueKind);
        Assert.Equal(0, stats.GetProperty("queue").GetProperty("poison").GetInt32());
        Assert.Single(stats.GetProperty("workers").EnumerateArray());
    }

    [Fact]
    public async Task Get_WithoutAnOperatorsKey_Is403()
    {
        await using var app = await App.StartAsync(servers, new Dictionary<string, string?> { ["OperatorKeys:one"] = "operator-key-0123456789" });
        using var refused = await app.Http.GetAsync(new Uri("api/stats", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }
}
