using System.Text.Json;
using Lovage.Client;
using Lovage.Jobs;
using Lovage.Processing;
using Lovage.Queue;
using Lovage.Store;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Lovage.Processing;

/// <summary>The store or the queue did what was asked, and the answer was lost on the way back.</summary>
public sealed class LostAnswerTests(RealServers servers)
{
    private readonly Stage stage = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Process_ClaimAnswersLost_RunsOnce()
    {
        await using var engine = NewEngine();
        Lossy(engine).Claims = 2;
        await AssertRunsOnceAsync(engine, "stage.count");
    }

    [Fact]
    public async Task Process_SettleAnswersLost_RunsOnce()
    {
        await using var engine = NewEngine();
        Lossy(engine).Settles = 2;
        await AssertRunsOnceAsync(engine, "stage.count");
    }

    [Fact]
    public async Task Process_AnswerOfARetryLost_IsRungForTheNextAttempt()
    {
        await using var engine = NewEngine();
        Lossy(engine).Settles = 1;
        stage.Release();
        var job = await engine.RunAsync("stage.throw");
        Assert.Equal((JobState.Queued, 2), (job.State, job.Attempt));
        Assert.Equal(job.Id, Assert.Single(MessageReader.Read(Assert.Single(engine.Queue.Drain())).Jobs).Id);
    }

    [Fact]
    public async Task Process_AnswerOfAReleaseLost_TheMessageMustComeAgainAndTheJobRuns()
    {
        await using var engine = NewEngine();
        using var shutdown = new CancellationTokenSource();
        var id = await engine.EnqueueAsync("stage.wait");
        var message = await engine.Queue.ReceiveAsync();
        var processing = engine.Processor.ProcessAsync(message, shutdown.Token);
        await stage.StartedAsync();
        Lossy(engine).Settles = 1;
        await shutdown.CancelAsync();
        await Assert.ThrowsAsync<JobStoreUnavailableException>(() => processing.WaitAsync(Limits.Signal));
        Assert.Equal(JobState.Queued, (await engine.GetAsync(id)).State);

        stage.Release();
        await engine.Processor.ProcessAsync(message, CancellationToken.None);
        Assert.Equal((JobState.Succeeded, 1), ((await engine.GetAsync(id)).State, (await engine.GetAsync(id)).Attempt));
    }

    [Fact]
    public async Task Process_AnswerLostBetweenTwoClaims_WhatWasClaimedFirstIsNotTakenForRunning()
    {
        await using var engine = NewEngine();
        // The first is claimed; the second has no record here and must be written before it can be claimed.
        var first = await engine.EnqueueAsync("stage.count");
        var known = Assert.Single(MessageReader.Read(await engine.Queue.ReceiveAsync()).Jobs);
        var unknown = known with { Id = JobId.New(TimeProvider.System), Epoch = null, Claim = Guid.NewGuid().ToString("N") };
        Lossy(engine).Creates = 1;
        await Assert.ThrowsAsync<JobStoreUnavailableException>(() => engine.Get<JobClaimer>().ClaimAsync([known, unknown], alone: false, Cancel));
        Assert.Equal(JobState.Running, (await engine.GetAsync(first)).State);
        Assert.False(engine.Get<RunningJobs>().Contains(first));

        for (var look = 0; look < 2; look++)
            await engine.Get<ForgottenRuns>().GiveBackAsync(Cancel);
        Assert.Equal(JobState.Queued, (await engine.GetAsync(first)).State);
    }

    [Fact]
    public async Task Enqueue_RecordAnswerLost_TellsTheIdAndTheJobIsOne()
    {
        await using var engine = NewEngine();
        Lossy(engine).Creates = 1;
        var e = await Assert.ThrowsAsync<JobStoreUnavailableException>(() => engine.EnqueueAsync("stage.count"));
        var record = await engine.GetAsync(e.JobId!.Value);
        Assert.Equal(JobState.Queued, record.State);
    }

    [Fact]
    public async Task Enqueue_QueueTookTheMessageButItsAnswerWasLost_TheDuplicateRunsNothing()
    {
        await using var engine = NewEngine();
        engine.Queue.LosesAnswers = true;
        var id = await engine.EnqueueAsync("stage.count");
        engine.Queue.LosesAnswers = false;
        Assert.Equal(1, await engine.Get<JobSweep>().SweepAsync(Cancel));
        var messages = engine.Queue.Drain();
        Assert.Equal(2, messages.Count);
        await Task.WhenAll(messages.Select(m => engine.Processor.ProcessAsync(m, CancellationToken.None)));
        Assert.Equal(1, stage.Runs[id]);
        Assert.Equal(JobState.Succeeded, (await engine.GetAsync(id)).State);
    }

    [Fact]
    public async Task Process_EveryMessageTwoOrThreeTimesShuffled_EachJobRunsOnce()
    {
        await using var engine = NewEngine();
        var none = JsonSerializer.SerializeToElement(new { });
        var ids = await engine.Client.EnqueueAsync([.. Enumerable.Range(0, 200).Select(_ => JobRequest.Of("stage.count", none))], Cancel);
        var random = new Random(200);
        var deliveries = engine.Queue.Drain().SelectMany(m => MessageReader.Read(m).Jobs).Chunk(7)
            .SelectMany(pack => MessageWriter.Write(pack, 7)).SelectMany(m => Enumerable.Repeat(System.Text.Encoding.UTF8.GetString(m.Span), random.Next(2, 4))).ToArray();
        random.Shuffle(deliveries);
        await Parallel.ForEachAsync(deliveries, Cancel, async (message, _) => await engine.Processor.ProcessAsync(message, CancellationToken.None));
        Assert.All(ids, id => Assert.Equal(1, stage.Runs[id]));
        Assert.All(await Task.WhenAll(ids.Select(engine.GetAsync)), job => Assert.Equal(JobState.Succeeded, job.State));
    }

    private async Task AssertRunsOnceAsync(Engine engine, string name)
    {
        var job = await engine.RunAsync(name);
        Assert.Equal((JobState.Succeeded, 1), (job.State, stage.Runs[job.Id]));
        Assert.False(engine.Get<RunningJobs>().Contains(job.Id));
        Assert.Empty(engine.Queue.Drain());
    }

    private static LossyStore Lossy(Engine engine) => (LossyStore)engine.Store;

    private Engine NewEngine() => new(
        servers.RedisConnectionString, options => options.RetryBase = TimeSpan.Zero,
        s => s.AddSingleton(stage).AddSingleton<RedisJobStore>().AddSingleton<IJobStore>(p => new LossyStore(p.GetRequiredService<RedisJobStore>())),
        typeof(StageJobs));
}
