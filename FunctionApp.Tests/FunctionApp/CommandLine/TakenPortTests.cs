using FunctionApp.Tests.LocalServers;

namespace FunctionApp.Tests.FunctionApp.CommandLine;

public sealed class TakenPortTests(RealServers servers)
{
    [Fact]
    public async Task Start_AnotherProgramHasThePort_NamesThePortOptionAndStopsWhatItStarted()
    {
        using var stranger = new Stranger();
        await using var app = AppProcess.StartIn(AppProgram.Folder, AppSettings.OwnRedis(servers), "--port", $"{stranger.Port}");

        Assert.Equal(1, await app.WaitForExitAsync());
        var error = Assert.Single(app.Errors);
        Assert.Contains($"Port {stranger.Port} ", error, StringComparison.Ordinal);
        Assert.Contains("--port", error, StringComparison.Ordinal);
        Assert.Contains(app.Output, line => line.StartsWith("Redis     started on ", StringComparison.Ordinal));
        Assert.Contains(app.Output, line => line.StartsWith("Redis     stopped in ", StringComparison.Ordinal));
        Assert.Empty(app.Servers());
        Assert.DoesNotContain(app.Output, line => line.Contains("   at ", StringComparison.Ordinal));
    }
}
