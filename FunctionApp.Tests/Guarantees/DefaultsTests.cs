using System.Text.Json;
using FunctionApp.Tests.FunctionApp.CommandLine;
using Lovage.Jobs;

namespace FunctionApp.Tests.Guarantees;

/// <summary>What is promised of the settings as they are delivered.</summary>
public sealed class DefaultsTests(RealServers servers)
{
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(30);

    // Its time is that of the default lease. Run by .ci/long.
    [Fact(Explicit = true)]
    public async Task Kill_OneWorkerOfTwo_ItsJobsRunAgainWithin30Seconds()
    {
        await using var pages = await HeldPages.StartAsync();
        var settings = AppSettings.Shared(servers);
        await using var caller = new Caller(settings, 10);
        await using var killed = AppProcess.Start(settings);
        var ids = new List<JobId>();
        for (var i = 0; i < 5; i++)
            ids.Add(await caller.Jobs.EnqueueAsync("demo.fetch", JsonSerializer.SerializeToElement(pages.Fetch($"{i}"))));
        for (var i = 0; i < 5; i++)
            await pages.NextAsync();
        await using var other = AppProcess.Start(settings);
        using var client = await other.ListensAsync();

        var began = TimeProvider.System.GetTimestamp();
        await killed.KillAsync();
        pages.Release();
        foreach (var id in ids)
        {
            var ended = await caller.EndOfAsync(id, Promise - TimeProvider.System.GetElapsedTime(began));
            Assert.Equal((JobState.Succeeded, 1), (ended.State, ended.Attempt));
        }
        TestContext.Current.TestOutputHelper!.WriteLine($"All had run again after {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s.");
    }
}
