using LocalServers;

namespace FunctionApp.Tests.FunctionApp.CommandLine;

/// <summary>The verb <c>services</c>, for those who then start the app with Core Tools.</summary>
public sealed class ServicesVerbTests(RealServers servers)
{
    [Fact]
    public async Task Services_NothingRuns_StartsOnlyTheServersAndStopsThemOnInterrupt()
    {
        var settings = AppSettings.Own(servers);
        await using var app = AppProcess.StartIn(AppProgram.Folder, settings, "services");
        await app.WaitForLineAsync("Ready. ");
        var started = app.Servers();
        await using (var seen = await LocalServerSet.EnsureAsync(
            new() { StorageConnectionString = settings.Storage, RedisConfiguration = settings.Redis, DataFolder = settings.DataFolder, StartMissing = false },
            TestContext.Current.CancellationToken))
        {
            Assert.All(seen.Servers, server => Assert.Equal(LocalServerOrigin.Found, server.Origin));
            Assert.Equal(2, seen.Servers.Count);
        }

        app.SendInterrupt();

        Assert.Equal(0, await app.WaitForExitAsync());
        Assert.Equal(2, started.Count);
        Assert.All(started, server => Assert.False(server.IsAlive()));
        Assert.DoesNotContain(app.Output, line => line.Contains("Listening on ", StringComparison.Ordinal));
        Assert.Empty(app.Errors);
    }

    [Fact]
    public async Task Services_NothingIsLocal_SaysSoAndEnds()
    {
        const string Elsewhere = "DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=a2V5;EndpointSuffix=core.windows.net";
        await using var app = AppProcess.StartIn(AppProgram.Folder, AppSettings.Of(servers, Elsewhere, "cache.example.com:6380,ssl=true"), "services");

        Assert.Equal(0, await app.WaitForExitAsync());
        Assert.StartsWith("Nothing to start: ", Assert.Single(app.Output), StringComparison.Ordinal);
    }
}
