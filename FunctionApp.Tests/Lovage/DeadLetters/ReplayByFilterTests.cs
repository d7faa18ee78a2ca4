using System.Text.Json;
using Lovage;
using Lovage.Client;
using Lovage.DeadLetters;
using Lovage.Jobs;
using Lovage.Processing;
using Lovage.Queue;
using Lovage.Store;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FunctionApp.Tests.Lovage.DeadLetters;

/// <summary>Many dead letters are replayed at once, while others do the same and the store fails.</summary>
public sealed class ReplayByFilterTests(RealServers servers)
{
    private readonly Breaks breaks = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Replay_DryRun_TellsWhichAndChangesNothing()
    {
        await using var engine = NewEngine();
        var ids = await FailAsync(engine, 3);
        var replay = await Box(engine).ReplayAsync(new DeadLetterFilter { Name = "replay.fail" }, dryRun: true, cancellation: Cancel);
        Assert.Equal((3, 0), (replay.Matched.Count, replay.Replayed.Count));
        Assert.Equal(ids.OrderBy(id => id.Value), replay.Matched.OrderBy(id => id.Value));
        Assert.Empty(engine.Queue.Drain());
        Assert.Equal(3, (await Box(engine).ListAsync(new(), Cancel)).Count);
    }

    [Fact]
    public async Task Replay_MessagesThatCannotBeRead_AreCountedAndStay()
    {
        await using var engine = NewEngine();
        var ids = await FailAsync(engine, 1);
        await engine.Processor.ProcessAsync("no message", CancellationToken.None);
        await engine.Processor.ProcessAsync("another", CancellationToken.None);
        var unreadable = await Box(engine).ReplayAsync(new DeadLetterFilter { Reason = FailureReason.Unreadable }, cancellation: Cancel);
        Assert.Equal((0, 2), (unreadable.Matched.Count, unreadable.Unreadable));
        var all = await Box(engine).ReplayAsync(new DeadLetterFilter { Limit = 1 }, cancellation: Cancel);
        Assert.Equal((ids[0], 2, null), (Assert.Single(all.Replayed), all.Unreadable, all.Next));
        Assert.Equal(2, (await Box(engine).ListAsync(new(), Cancel)).Count);
    }

    // More than one page, several of them in the same millisecond.
    [Fact]
    public async Task Replay_MoreThanTheLimit_TheNewestRunAndNextLeadsToTheRest()
    {
        await using var engine = NewEngine();
        var ids = await FailAsync(engine, 450);
        var failedAt = new Dictionary<JobId, DateTimeOffset>();
        foreach (var id in ids)
            failedAt[id] = (await engine.GetAsync(id)).FinishedAt!.Value;
        var newest = await Box(engine).ReplayAsync(new DeadLetterFilter { Limit = 200 }, cancellation: Cancel);
        Assert.Equal((200, 200), (newest.Matched.Count, newest.Replayed.Count));
        Assert.True(newest.Matched.Min(id => failedAt[id]) >= newest.Next);
        Assert.Equal(newest.Next, ids.Except(newest.Matched).Max(id => failedAt[id]));

        var rest = await Box(engine).ReplayAsync(new DeadLetterFilter { To = newest.Next }, cancellation: Cancel);
        Assert.Equal((250, null), (rest.Replayed.Count, rest.Next));
        Assert.Equal(ids.OrderBy(id => id.Value), newest.Replayed.Concat(rest.Replayed).OrderBy(id => id.Value));
    }

    [Fact]
    public async Task Replay_MoreThanMayBeLookedAt_NextLeadsToTheRest()
    {
        await using var engine = NewEngine();
        var first = await FailAsync(engine, 1);
        var failedAt = (await engine.GetAsync(first[0])).FinishedAt;
        // Later by the store's clock, which counts milliseconds.
        while ((await engine.GetAsync((await FailAsync(engine, 1, "replay.fail-too"))[0])).FinishedAt <= failedAt)
            Cancel.ThrowIfCancellationRequested();
        var others = (await Box(engine).ListAsync(new() { Name = "replay.fail-too", From = failedAt!.Value.AddMilliseconds(1) }, Cancel)).Count;
        var filter = new DeadLetterFilter { Name = "replay.fail", MaxExamined = others };
        var replay = await Box(engine).ReplayAsync(filter, cancellation: Cancel);
        Assert.Empty(replay.Matched);
        Assert.Equal(failedAt, replay.Next);
        Assert.Equal(first, (await Box(engine).ReplayAsync(filter with { To = replay.Next, MaxExamined = 100 }, cancellation: Cancel)).Replayed);
    }

    [Fact]
    public async Task Replay_TwoAtOnce_EachJobIsReplayedOnceAndRungOnce()
    {
        await using var engine = NewEngine();
        var ids = await FailAsync(engine, 300);
        await using var other = engine.NewProcess();
        var replays = await Task.WhenAll(
            Task.Run(() => Box(engine).ReplayAsync(new DeadLetterFilter(), cancellation: Cancel), Cancel),
            Task.Run(() => Box(other).ReplayAsync(new DeadLetterFilter(), cancellation: Cancel), Cancel));
        Assert.Equal(ids.OrderBy(id => id.Value), replays.SelectMany(replay => replay.Replayed).OrderBy(id => id.Value));
        Assert.Equal(ids.OrderBy(id => id.Value), Rung(engine).OrderBy(id => id.Value));
    }

    [Fact]
    public async Task Replay_ReplayedByAnotherAndFailedAgain_IsLeftOut()
    {
        await using var engine = NewEngine();
        await FailAsync(engine, 1);
        breaks.BeforeTheNextReplay = async () =>
        {
            await Box(engine).ReplayAsync(new DeadLetterFilter(), cancellation: Cancel);
            await engine.ProcessNextAsync();
        };
        var replay = await Box(engine).ReplayAsync(new DeadLetterFilter(), cancellation: Cancel);
        Assert.Equal((1, 0), (replay.Matched.Count, replay.Replayed.Count));
        Assert.Equal(2, Assert.Single(await Box(engine).ListAsync(new(), Cancel)).History.Count);
    }

    [Fact]
    public async Task Replay_StoreFailsInTheMiddle_WhatWasReplayedStandsIsToldAndRuns_AndAskingAgainDoesTheRest()
    {
        await using var engine = NewEngine();
        var ids = await FailAsync(engine, 250);
        breaks.FailAfterReplays = 130;
        var broken = await Box(engine).ReplayAsync(new DeadLetterFilter(), cancellation: Cancel);
        Assert.Equal((250, 130), (broken.Matched.Count, broken.Replayed.Count));
        Assert.IsType<JobStoreUnavailableException>(broken.Error);

        breaks.FailAfterReplays = int.MaxValue;
        await engine.Get<JobSweep>().SweepAsync(Cancel);
        Assert.Equal(broken.Replayed.OrderBy(id => id.Value), Rung(engine).OrderBy(id => id.Value));

        var again = await Box(engine).ReplayAsync(new DeadLetterFilter(), cancellation: Cancel);
        Assert.Equal((120, null), (again.Replayed.Count, again.Error));
        Assert.Equal(ids.OrderBy(id => id.Value), broken.Replayed.Concat(again.Replayed).OrderBy(id => id.Value));
    }

    private static DeadLetterBox Box(Engine engine) => engine.Get<DeadLetterBox>();

    private static IEnumerable<JobId> Rung(Engine engine) => engine.Queue.Drain().SelectMany(message => MessageReader.Read(message).Jobs).Select(job => job.Id);

    private static async Task<IReadOnlyList<JobId>> FailAsync(Engine engine, int count, string name = "replay.fail")
    {
        var ids = await engine.Client.EnqueueAsync(Enumerable.Repeat(JobRequest.Of(name, JsonSerializer.SerializeToElement(new { })), count).ToArray(), Cancel);
        await Task.WhenAll(engine.Queue.Drain().Select(message => engine.Processor.ProcessAsync(message, CancellationToken.None)));
        return ids;
    }

    private Engine NewEngine() => new(
        servers.RedisConnectionString, options => options.MaxAttempts = 1,
        services => services.AddSingleton<RedisConnection>(provider => new BreakingConnection(provider.GetRequiredService<IOptions<LovageOptions>>(), breaks)),
        typeof(FailingJobs));

    private sealed class FailingJobs
    {
        [Job("replay.fail")]
        public void Fail() => throw new InvalidOperationException("on purpose");

        [Job("replay.fail-too")]
        public void FailToo() => Fail();
    }

    private sealed class Breaks
    {
        private int replays;

        public int FailAfterReplays { get; set; } = int.MaxValue;

        public Func<Task>? BeforeTheNextReplay { get; set; }

        public async Task ReplayAsync()
        {
            if (BeforeTheNextReplay is { } happen)
            {
                BeforeTheNextReplay = null;
                await happen();
            }
            if (Interlocked.Increment(ref replays) > FailAfterReplays)
                throw new JobStoreUnavailableException(new TimeoutException("on purpose"));
        }

        // Whatever asks once the replays fail is told the same: the store is down.
        public void Ask()
        {
            if (replays > FailAfterReplays)
                throw new JobStoreUnavailableException(new TimeoutException("on purpose"));
        }
    }

    private sealed class BreakingConnection(IOptions<LovageOptions> options, Breaks breaks) : RedisConnection(options)
    {
        public override async Task<RedisResult> RunAsync(string script, RedisKey[] scriptKeys, RedisValue[] values, CancellationToken cancellation)
        {
            if (script == RedisScripts.Replay)
                await breaks.ReplayAsync();
            else
                breaks.Ask();
            return await base.RunAsync(script, scriptKeys, values, cancellation);
        }
    }
}
