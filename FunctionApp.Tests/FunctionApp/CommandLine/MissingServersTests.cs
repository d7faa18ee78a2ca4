using System.Net;
using System.Text.Json;
using FunctionApp.Tests.LocalServers;
using LocalServers;

namespace FunctionApp.Tests.FunctionApp.CommandLine;

/// <summary>Servers that are down when the app starts and come later.</summary>
public sealed class MissingServersTests(RealServers servers)
{
    // The client waits for a Redis that is down, by default 5 s with each call.
    private const string Impatient = ",connectTimeout=500,syncTimeout=500";

    [Fact]
    public async Task NoServices_NothingRuns_SaysWhatIsMissingAndWorksOnceItIsThere()
    {
        var settings = AppSettings.Of(servers, RealServers.NewStorageConnectionString(), RealServers.NewRedisConnectionString() + Impatient);
        var (app, client) = await AppProcess.StartAndListenAsync(settings, "--no-services");
        await using var process = app;
        using var http = client;
        foreach (var name in (string[])["Azurite   is missing: ", "Redis     is missing: "])
            Assert.Contains("docker compose -f azurite.yml up", await app.WaitForLineAsync(name), StringComparison.Ordinal);
        Assert.Empty(app.Servers());
        await AssertUnhealthyAsync(client, "store", "queue");

        await using var azurite = await EnsureAsync(new() { StorageConnectionString = settings.Storage, DataFolder = settings.DataFolder, NpmFolder = RunFolder.SharedNpm, InMemory = true });
        await app.WaitForLineAsync("The storage queue is ready");
        await AssertUnhealthyAsync(client, "store");

        await using var redis = await EnsureAsync(new() { RedisConfiguration = settings.Redis, DataFolder = settings.DataFolder, NpmFolder = RunFolder.SharedNpm, InMemory = true });
        await client.BecomesHealthyAsync();
        var job = await client.EndOfAsync(await client.EnqueueAsync("math.add", new { x = 2, y = 3 }));
        Assert.Equal(5, job.GetProperty("result").GetInt32());
        Assert.Empty(app.Errors);
    }

    [Fact]
    public async Task NoServices_StorageIsDown_WorksOnceItIsUp()
    {
        var settings = AppSettings.Of(servers, RealServers.NewStorageConnectionString(), servers.RedisConnectionString);
        var (app, client) = await AppProcess.StartAndListenAsync(settings, "--no-services");
        await using var process = app;
        using var http = client;
        await app.WaitForLineAsync($"WARN  QueueSetup: Storage queue '{settings.Queue}' is unavailable: ");
        await AssertUnhealthyAsync(client, "queue");

        await using var azurite = await EnsureAsync(new() { StorageConnectionString = settings.Storage, DataFolder = settings.DataFolder, NpmFolder = RunFolder.SharedNpm, InMemory = true });
        await client.BecomesHealthyAsync();
        var job = await client.EndOfAsync(await client.EnqueueAsync("math.add", new { x = 2, y = 3 }));
        Assert.Equal(5, job.GetProperty("result").GetInt32());
        Assert.Empty(app.Errors);
    }

    [Fact]
    public async Task NoServices_NothingRuns_WarnsWithoutAStackTrace()
    {
        var settings = AppSettings.Own(servers);
        await using var app = AppProcess.Start(settings, "--no-services");
        await app.WaitForLineAsync($"Storage queue '{settings.Queue}' is unavailable: ");
        await app.WaitForLineAsync($"The queue '{settings.Queue}' cannot be read");

        Assert.DoesNotContain(app.Output, line => line.Contains("   at ", StringComparison.Ordinal));
        Assert.Empty(app.Errors);
    }

    private static async Task AssertUnhealthyAsync(AppClient client, params string[] down)
    {
        var (status, report) = await client.HealthAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("unhealthy", report.GetProperty("status").GetString());
        Assert.Equal(down, ((string[])["store", "queue"]).Where(part => !IsOk(report, part)));
    }

    private static bool IsOk(JsonElement report, string part) => report.GetProperty(part).GetString() == "ok";

    private static Task<LocalServerSet> EnsureAsync(LocalServerOptions options) =>
        LocalServerSet.EnsureAsync(options, TestContext.Current.CancellationToken);
}
