using System.Text.Json;
using FunctionApp.Tests.FunctionApp.CommandLine;
using Lovage.Client;
using Lovage.Jobs;

namespace FunctionApp.Tests.Guarantees;

/// <summary>SIGTERM while short and long jobs run: a polite stop re-runs nothing that has finished and uses no attempt.</summary>
public sealed class DrainTests(RealServers servers)
{
    private const int Long = 3;
    private const int Short = 30;

    [Fact]
    public async Task Terminate_LongAndShortJobs_LongOnesRunAgainAndNoneUsesAnAttempt()
    {
        await using var pages = await HeldPages.StartAsync();
        var settings = AppSettings.Shared(servers).Hurried().With("Lovage__LeaseDuration", "00:00:15");
        await using var caller = new Caller(settings, Settings.PackSize);
        await using var stopped = AppProcess.Start(settings);
        var ids = new List<JobId>(await EnqueueAsync(caller, Long, "demo.fetch", i => pages.Fetch($"{i}")));
        for (var i = 0; i < Long; i++)
            await pages.NextAsync();
        ids.AddRange(await EnqueueAsync(caller, Short, "demo.sleep", _ => new { seconds = 0.1 }));
        await stopped.WaitForLineAsync("(demo.sleep) succeeded");

        stopped.SendTerminate();
        Assert.Equal(0, await stopped.WaitForExitAsync());
        await using var next = AppProcess.Start(settings);
        for (var i = 0; i < Long; i++)
            await pages.NextAsync();
        pages.Release();

        foreach (var id in ids)
        {
            var ended = await caller.EndOfAsync(id, Limits.Signal);
            Assert.Equal((JobState.Succeeded, 1, 0), (ended.State, ended.Attempt, ended.History.Count));
        }
        // A job says so at the end of its body: whoever has finished once has not been run again.
        next.SendTerminate();
        Assert.Equal(0, await next.WaitForExitAsync());
        string[] lines = [.. stopped.Output, .. next.Output];
        Assert.All(ids, id => Assert.Single(
            lines, line => line.Contains($"Job {id} ", StringComparison.Ordinal) && line.EndsWith(" succeeded", StringComparison.Ordinal)));
        Assert.Equal(Long, stopped.Output.Count(line => line.Contains("it runs again", StringComparison.Ordinal)));
    }

    private static Task<IReadOnlyList<JobId>> EnqueueAsync(Caller caller, int count, string job, Func<int, object> arguments) => caller.Jobs.EnqueueAsync(
        [.. Enumerable.Range(0, count).Select(i => JobRequest.Of(job, JsonSerializer.SerializeToElement(arguments(i))))]);
}
