using System.Text.Json;
using FunctionApp.Tests.FunctionApp.CommandLine;
using Lovage.Jobs;
using Lovage.Store;
using StackExchange.Redis;

namespace FunctionApp.Tests.Guarantees;

/// <summary>A worker that was stopped past its lease comes back, and ends a job that is no longer its own.</summary>
public sealed class PausedWorkerTests(RealServers servers)
{
    private static readonly TimeSpan MessagesComeBack = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Settle_AfterAPauseInWhichAnotherFinished_IsRefused()
    {
        await using var pages = await HeldPages.StartAsync();
        var settings = AppSettings.Shared(servers).Hurried();
        await using var caller = new Caller(settings, 1);
        await using var paused = AppProcess.Start(settings);
        var id = await EnqueueAsync(caller, pages);
        await pages.NextAsync();

        Pause.Begin(paused);
        await using var other = AppProcess.Start(settings);
        await pages.NextAsync();
        pages.Release();
        var ended = await caller.EndOfAsync(id, Limits.Signal);
        Pause.End(paused);
        await paused.WaitForLineAsync("its claim is no longer valid");

        Assert.Equal((JobState.Succeeded, 1), (ended.State, ended.Attempt));
        await StandsAsync(caller, ended);
    }

    [Fact]
    public async Task Settle_AfterAPauseInWhichAnotherFinishedAndTheStoreWasLost_RecordsTheEnd()
    {
        await using var pages = await HeldPages.StartAsync();
        var redis = await servers.NewRedisAsync();
        var settings = AppSettings.Of(servers, servers.StorageConnectionString, redis.Address).Hurried();
        await using var caller = new Caller(settings, 1);
        await using var paused = AppProcess.Start(settings);
        var id = await EnqueueAsync(caller, pages);
        await pages.NextAsync();

        Pause.Begin(paused);
        await using var other = AppProcess.Start(settings);
        await pages.NextAsync();
        pages.Release();
        await caller.EndOfAsync(id, Limits.Signal);
        await FlushAsync(redis.Address);
        Pause.End(paused);

        var ended = await caller.EndOfAsync(id, Limits.Signal, mayBeMissing: true);
        Assert.Equal((JobState.Succeeded, 1), (ended.State, ended.Attempt));
        await StandsAsync(caller, ended);
    }

    // The job is rebuilt from its message, which is hidden for as long as the host of the paused worker has asked for: half a minute. Run by .ci/long.
    [Fact(Explicit = true)]
    public async Task Settle_AfterAPauseInWhichTheStoreWasLostAndAnotherFinished_IsRefused()
    {
        await using var pages = await HeldPages.StartAsync();
        var redis = await servers.NewRedisAsync();
        var settings = AppSettings.Of(servers, servers.StorageConnectionString, redis.Address).Hurried();
        await using var caller = new Caller(settings, 1);
        await using var paused = AppProcess.Start(settings);
        var id = await EnqueueAsync(caller, pages);
        await pages.NextAsync();

        Pause.Begin(paused);
        await FlushAsync(redis.Address);
        await using var other = AppProcess.Start(settings);
        pages.Release();
        var ended = await caller.EndOfAsync(id, MessagesComeBack, mayBeMissing: true);
        await other.WaitForLineAsync("recorded from its message");
        Pause.End(paused);
        await paused.WaitForLineAsync("its claim is no longer valid");

        Assert.Equal((JobState.Succeeded, 1), (ended.State, ended.Attempt));
        await StandsAsync(caller, ended);
    }

    private static Task<JobId> EnqueueAsync(Caller caller, HeldPages pages) =>
        caller.Jobs.EnqueueAsync("demo.fetch", JsonSerializer.SerializeToElement(pages.Fetch("a")));

    private static async Task StandsAsync(Caller caller, JobRecord ended)
    {
        var now = await caller.Jobs.GetAsync(ended.Id);
        Assert.Equal((ended.State, ended.Attempt, ended.FinishedAt), (now!.State, now.Attempt, now.FinishedAt));
    }

    private static async Task FlushAsync(string address)
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(address);
        await redis.GetDatabase().ExecuteAsync("FLUSHALL");
    }
}
