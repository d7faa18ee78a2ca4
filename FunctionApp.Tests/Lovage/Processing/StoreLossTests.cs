using Lovage;
using Lovage.Jobs;
using Lovage.Processing;
using Lovage.Store;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace FunctionApp.Tests.Lovage.Processing;

public sealed class StoreLossTests(RealServers servers)
{
    private readonly Stage stage = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Flush_WhileJobsRunAndWait_TheRunningOnesSettleAndTheWaitingOnesRunEachOnce()
    {
        await using var server = await servers.NewRedisAsync();
        await using var engine = NewEngine(server.Address);
        var running = await engine.EnqueueAsync("stage.wait");
        var processing = engine.ProcessNextAsync();
        var job = await stage.StartedAsync();
        var waiting = new[] { await engine.EnqueueAsync("stage.count"), await engine.EnqueueAsync("stage.count") };
        await FlushAsync(engine);

        foreach (var id in waiting)
        {
            await engine.ProcessNextAsync();
            Assert.Equal((JobState.Succeeded, 1), ((await engine.GetAsync(id)).State, stage.Runs[id]));
        }
        Assert.False(job.Cancellation.IsCancellationRequested);
        stage.Release();
        await processing;
        Assert.Equal((JobState.Succeeded, 1), ((await engine.GetAsync(running)).State, stage.Runs[running]));
    }

    [Fact]
    public async Task Flush_WhileAJobRuns_TheLeaseIsRestoredAndItsTokenDoesNotFire()
    {
        await using var server = await servers.NewRedisAsync();
        await using var engine = NewEngine(server.Address, options => options.LeaseDuration = TimeSpan.FromSeconds(1));
        await engine.EnqueueAsync("stage.wait");
        var processing = engine.ProcessNextAsync();
        var job = await stage.StartedAsync();
        var worker = engine.Get<WorkerLease>().Worker!.Value;
        await FlushAsync(engine);
        var connection = engine.Get<RedisConnection>();
        using var limit = new CancellationTokenSource(Limits.Signal);
        while (!await connection.CallAsync(db => db.KeyExistsAsync(connection.Keys.Lease(worker)), limit.Token))
        {
        }
        Assert.Equal((worker, false), (engine.Get<WorkerLease>().Worker!.Value, job.Cancellation.IsCancellationRequested));
        stage.Release();
        await processing;
        Assert.Equal(JobState.Succeeded, (await engine.GetAsync(job.Id)).State);
    }

    [Fact]
    public async Task Flush_WhileAJobRunsThatThrows_IsTriedAgain()
    {
        await using var server = await servers.NewRedisAsync();
        await using var engine = NewEngine(server.Address);
        var id = await engine.EnqueueAsync("stage.throw");
        var processing = engine.ProcessNextAsync();
        await stage.StartedAsync();
        await FlushAsync(engine);
        stage.Release(10);
        await processing;
        while (!(await engine.GetAsync(id)).State.IsFinal())
            await engine.ProcessNextAsync();
        Assert.Equal((JobState.Failed, FailureReason.AttemptsUsed), ((await engine.GetAsync(id)).State, (await engine.GetAsync(id)).Reason!.Value));
    }

    [Fact]
    public async Task Flush_LargeArguments_FailsAsRecordLost()
    {
        await using var server = await servers.NewRedisAsync();
        await using var engine = NewEngine(server.Address);
        var id = await engine.EnqueueAsync("loss.length", new { text = new string('a', 100_000) });
        await FlushAsync(engine);
        await engine.ProcessNextAsync();
        Assert.Equal((JobState.Failed, FailureReason.RecordLost), ((await engine.GetAsync(id)).State, (await engine.GetAsync(id)).Reason!.Value));
    }

    [Fact]
    public async Task Kill_WhileAJobRuns_SettlesOnceTheStoreIsBack()
    {
        await using var server = await servers.NewRedisAsync();
        await using var engine = NewEngine(server.Address);
        var id = await engine.EnqueueAsync("stage.deaf");
        var processing = engine.ProcessNextAsync();
        await stage.StartedAsync();
        await server.KillAsync(Cancel);
        stage.Release();
        await server.StartAsync(Cancel);
        await processing;
        await AssertSucceededOnceAsync(engine, id);
    }

    [Fact]
    public async Task Kill_BeforeTheClaim_KeepsTryingAndRunsWhenTheStoreIsBack()
    {
        await using var server = await servers.NewRedisAsync();
        await using var engine = NewEngine(server.Address);
        var id = await engine.EnqueueAsync("stage.count");
        await server.KillAsync(Cancel);
        var processing = engine.ProcessNextAsync();
        Assert.False(processing.IsCompleted);
        await server.StartAsync(Cancel);
        await processing;
        await AssertSucceededOnceAsync(engine, id);
    }

    [Fact]
    public async Task Kill_SweepFails_AndTheNextOneWorks()
    {
        await using var server = await servers.NewRedisAsync();
        await using var engine = NewEngine(server.Address);
        await engine.EnqueueAsync("stage.count");
        await server.KillAsync(Cancel);
        await Assert.ThrowsAsync<JobStoreUnavailableException>(() => engine.Get<JobSweep>().SweepAsync(Cancel));
        await server.StartAsync(Cancel);
        await WhenAnsweringAsync(engine);
        Assert.Equal(0, await engine.Get<JobSweep>().SweepAsync(Cancel));
    }

    private async Task AssertSucceededOnceAsync(Engine engine, JobId id)
    {
        await WhenAnsweringAsync(engine);
        Assert.Equal((JobState.Succeeded, 1), ((await engine.GetAsync(id)).State, stage.Runs[id]));
    }

    // The client repairs its connection by itself, in its own time.
    private static async Task WhenAnsweringAsync(Engine engine)
    {
        using var limit = new CancellationTokenSource(Limits.Signal);
        while (true)
        {
            try
            {
                await engine.Store.CheckAsync(limit.Token);
                return;
            }
            catch (JobStoreUnavailableException) when (!limit.IsCancellationRequested)
            {
                await Task.Yield();
            }
        }
    }

    private static Task<RedisResult> FlushAsync(Engine engine) => engine.Get<RedisConnection>().CallAsync(db => db.ExecuteAsync("FLUSHALL"), Cancel);

    private Engine NewEngine(string redis, Action<LovageOptions>? configure = null) => new(
        redis + ",allowAdmin=true", configure + (options => options.RetryBase = TimeSpan.Zero), s => s.AddSingleton(stage), typeof(StageJobs), typeof(LossJobs));

    private sealed class LossJobs
    {
        [Job("loss.length")]
        public int Length(string text) => text.Length;
    }
}
