using LocalServers;

namespace FunctionApp.Tests.FunctionApp.CommandLine;

/// <summary>Kill −9 of the app while it works, and the next start.</summary>
public sealed class CrashTests(RealServers servers)
{
    // A killed process cannot give its messages back: they stay hidden until their lease of 30 s ends.
    private static readonly TimeSpan MessagesComeBack = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Start_AfterAKillWhileJobsRunAndWait_TakesTheServersOverAndRunsThemAll()
    {
        await using var pages = await HeldPages.StartAsync();
        var settings = AppSettings.Own(servers)
            .With("AzureFunctionsJobHost__extensions__queues__batchSize", "2")
            .With("AzureFunctionsJobHost__extensions__queues__newBatchThreshold", "1")
            .With("Lovage__LeaseDuration", "00:00:05");
        var port = $"{LocalPort.Free()}";
        await using var killed = AppProcess.StartIn(AppProgram.Folder, settings, "--port", port);
        using var client = await killed.ListensAsync();
        var jobs = new List<string>();
        for (var job = 0; job < 6; job++)
            jobs.Add(await client.EnqueueAsync("demo.fetch", pages.Fetch($"{job}")));
        await pages.NextAsync();
        await pages.NextAsync();

        await killed.KillAsync();
        pages.Release();
        await using var app = AppProcess.StartIn(AppProgram.Folder, settings, "--port", port);
        using var again = await app.ListensAsync();

        Assert.Contains(app.Output, line => line.StartsWith("Azurite   taken over on ", StringComparison.Ordinal));
        Assert.Contains(app.Output, line => line.StartsWith("Redis     taken over on ", StringComparison.Ordinal));
        foreach (var job in jobs)
            Assert.Equal("succeeded", (await again.EndOfAsync(job, MessagesComeBack)).GetProperty("state").GetString());
        var taken = app.Servers();
        app.SendTerminate();
        Assert.Equal(0, await app.WaitForExitAsync());
        Assert.Empty(app.Errors);
        Assert.Equal(2, taken.Count);
        Assert.All(taken, server => Assert.False(server.IsAlive()));
    }
}
