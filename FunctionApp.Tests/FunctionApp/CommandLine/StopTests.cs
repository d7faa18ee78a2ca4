using LocalServers;

namespace FunctionApp.Tests.FunctionApp.CommandLine;

/// <summary>Ctrl+C and SIGTERM: running jobs finish, and what the app started is stopped.</summary>
public sealed class StopTests(RealServers servers)
{
    [Fact]
    public async Task Terminate_ServersOfItsOwn_StopsThem()
    {
        var (app, client) = await AppProcess.StartAndListenAsync(AppSettings.Own(servers));
        await using var process = app;
        using var http = client;
        var started = app.Servers();
        Assert.Equal(2, started.Count);

        app.SendTerminate();

        Assert.Equal(0, await app.WaitForExitAsync());
        Assert.All(started, server => Assert.False(server.IsAlive()));
        Assert.Contains(app.Output, line => line.StartsWith("Redis     stopped in ", StringComparison.Ordinal));
        Assert.Empty(app.Errors);
    }

    [Fact]
    public async Task Interrupt_AJobRuns_LetsItFinishAndStopsTheServers()
    {
        await using var pages = await HeldPages.StartAsync();
        var (app, client) = await AppProcess.StartAndListenAsync(AppSettings.OwnRedis(servers));
        await using var process = app;
        using var http = client;
        var started = app.Servers();
        await client.EnqueueAsync("demo.fetch", pages.Fetch("a"));
        await pages.NextAsync();

        app.SendInterrupt();
        await app.WaitForLineAsync("Stopping: nothing new is taken. Running: 1");
        pages.Release();

        Assert.Equal(0, await app.WaitForExitAsync());
        Assert.Contains(app.Output, line => line.EndsWith("(demo.fetch) succeeded", StringComparison.Ordinal));
        Assert.All(started, server => Assert.False(server.IsAlive()));
        Assert.Empty(app.Errors);
    }

    [Fact]
    public async Task Terminate_AgainAndAgain_StillFinishesTheJobAndStopsTheServers()
    {
        await using var pages = await HeldPages.StartAsync();
        var (app, client) = await AppProcess.StartAndListenAsync(AppSettings.OwnRedis(servers));
        await using var process = app;
        using var http = client;
        var started = app.Servers();
        await client.EnqueueAsync("demo.fetch", pages.Fetch("a"));
        await pages.NextAsync();

        app.SendTerminate();
        await app.WaitForLineAsync("Stopping: nothing new is taken. Running: 1");
        app.SendTerminate();
        pages.Release();
        await app.WaitForLineAsync("Stopped.");
        app.SendTerminate();

        Assert.Equal(0, await app.WaitForExitAsync());
        Assert.Contains(app.Output, line => line.EndsWith("(demo.fetch) succeeded", StringComparison.Ordinal));
        Assert.All(started, server => Assert.False(server.IsAlive()));
    }

    [Fact]
    public async Task Interrupt_TwiceWhileAJobRuns_EndsAtOnce()
    {
        await using var pages = await HeldPages.StartAsync();
        var (app, client) = await AppProcess.StartAndListenAsync(AppSettings.Shared(servers));
        await using var process = app;
        using var http = client;
        await client.EnqueueAsync("demo.fetch", pages.Fetch("a"));
        await pages.NextAsync();

        app.SendInterrupt();
        await app.WaitForLineAsync("Stopping: nothing new is taken. Running: 1");
        app.SendInterrupt();

        Assert.NotEqual(0, await app.WaitForExitAsync());
        Assert.DoesNotContain(app.Output, line => line.Contains("Stopped.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Interrupt_WhileServersStart_LeavesNoneBehind()
    {
        await using var app = AppProcess.Start(AppSettings.Own(servers));
        await app.WaitForLineAsync(" started on ");
        var started = app.Servers();

        app.SendInterrupt();

        // 0 if the other one was as quick.
        Assert.Contains(await app.WaitForExitAsync(), (int[])[130, 0]);
        Assert.NotEmpty(started);
        foreach (var server in started.Union(app.Servers()))
            Assert.True(await server.WaitForEndAsync(Limits.Signal, TimeProvider.System, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Terminate_ServersWereFound_LeavesThemRunning()
    {
        var settings = AppSettings.Shared(servers);
        var (app, client) = await AppProcess.StartAndListenAsync(settings);
        await using var process = app;
        using var http = client;

        app.SendTerminate();

        Assert.Equal(0, await app.WaitForExitAsync());
        Assert.Equal(2, app.Output.Count(line => line.Contains(" found on ", StringComparison.Ordinal)));
        await using var still = await LocalServerSet.EnsureAsync(
            new() { StorageConnectionString = settings.Storage, RedisConfiguration = settings.Redis, DataFolder = settings.DataFolder, StartMissing = false },
            TestContext.Current.CancellationToken);
        Assert.All(still.Servers, server => Assert.Equal(LocalServerOrigin.Found, server.Origin));
    }
}
