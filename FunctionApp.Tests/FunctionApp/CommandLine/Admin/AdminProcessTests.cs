using System.Text.Json;

namespace FunctionApp.Tests.FunctionApp.CommandLine.Admin;

/// <summary>The verbs as processes of their own, as a shell starts them.</summary>
public sealed class AdminProcessTests(RealServers servers)
{
    [Fact]
    public async Task Call_WorkerRuns_PrintsTheResultAloneAndExitsByWhatBecameOfTheJob()
    {
        var settings = AppSettings.Shared(servers).With("Lovage__MaxAttempts", "1");
        var (worker, client) = await AppProcess.StartAndListenAsync(settings);
        await using var process = worker;
        using var http = client;

        await using var added = AppProcess.StartIn(AppProgram.Folder, settings, "job", "call", "math.add", "--x", "2", "--y", "3", "--wait");
        Assert.Equal(0, await added.WaitForExitAsync());
        Assert.Equal(["5"], added.Output);

        await using var failed = AppProcess.StartIn(AppProgram.Folder, settings, "job", "call", "demo.fail", "--wait", "--json");
        Assert.Equal(3, await failed.WaitForExitAsync());
        Assert.Equal("failed", JsonDocument.Parse(Assert.Single(failed.Output)).RootElement.GetProperty("state").GetString());
        Assert.Empty(failed.Errors);
    }

    [Fact]
    public async Task Call_Interrupted_LeavesTheJob()
    {
        var settings = AppSettings.Shared(servers);
        await using var call = AppProcess.StartIn(AppProgram.Folder, settings, "job", "call", "math.add", "--x", "2", "--y", "3", "--wait=60s");
        var id = (await call.WaitForErrorAsync("queued")).Split(' ')[0];
        call.SendInterrupt();
        Assert.Equal(130, await call.WaitForExitAsync());
        Assert.Contains(call.Errors, line => line == $"Stopped waiting; the job goes on: dotnet run --project FunctionApp -- job show {id}");
        Assert.Empty(call.Output);
    }

    [Fact]
    public async Task Call_NothingRuns_SaysHowToStartItWithoutAStackTrace()
    {
        await using var call = AppProcess.StartIn(AppProgram.Folder, AppSettings.Own(servers), "job", "call", "math.add", "--x", "2", "--y", "3");
        Assert.Equal(2, await call.WaitForExitAsync());
        Assert.Equal(2, call.Errors.Count);
        Assert.All(call.Errors, line => Assert.EndsWith("Start it: dotnet run --project FunctionApp -- services", line, StringComparison.Ordinal));
        Assert.Empty(call.Output);
        Assert.Empty(call.Servers());
    }
}
