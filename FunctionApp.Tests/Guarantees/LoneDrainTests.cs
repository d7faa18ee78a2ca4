using System.Text.Json;
using FunctionApp.Tests.FunctionApp.CommandLine;
using Lovage.Jobs;

namespace FunctionApp.Tests.Guarantees;

/// <summary>A polite stop of a job that runs alone and ignores its token.</summary>
public sealed class LoneDrainTests(RealServers servers)
{
    [Fact]
    public async Task Terminate_LoneJobIgnoresItsToken_IsNoCrash()
    {
        var settings = AppSettings.Shared(servers).Hurried().WithWorkerJobs().With("Lovage__MaxCrashes", "1");
        await using var caller = new Caller(settings, 1);
        await using var killed = AppProcess.Start(settings);
        var id = await caller.Jobs.EnqueueAsync("guarantee.echo", JsonSerializer.SerializeToElement(new { number = 1, milliseconds = 22_000 }));
        await RunsAsync(caller, id, null);
        var first = (await caller.Jobs.GetAsync(id))!.StartedAt;
        await killed.KillAsync();

        await using var stopped = AppProcess.Start(settings);
        await RunsAsync(caller, id, first);
        stopped.SendTerminate();
        await stopped.WaitForExitAsync();
        await using var last = AppProcess.Start(settings);

        var ended = await caller.EndOfAsync(id, TimeSpan.FromSeconds(60));
        Assert.Equal((JobState.Succeeded, null), (ended.State, ended.Reason));
    }

    private static async Task RunsAsync(Caller caller, JobId id, DateTimeOffset? after)
    {
        using var limit = new CancellationTokenSource(Limits.Signal);
        while (await caller.Jobs.GetAsync(id, limit.Token) is not { State: JobState.Running } job || job.StartedAt == after)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
    }
}
