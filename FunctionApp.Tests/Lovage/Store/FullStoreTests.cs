using LocalServers;
using Lovage.Health;
using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Lovage.Store;

/// <summary>A redis-server whose memory is limited: it refuses what needs more.</summary>
public sealed class FullStoreTests(RealServers servers)
{
    private readonly Stage stage = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Full_WhileAJobRunsAndOthersWait_AcceptsAndBeginsNothingUntilThereIsRoom()
    {
        await servers.RedisServerAsync();
        await using var server = await servers.NewRedisAsync(RedisKind.RedisServer);
        await using var engine = new Engine(server.Address, add: services => services.AddSingleton(stage), jobs: typeof(StageJobs));
        var running = await engine.EnqueueAsync("stage.wait");
        var run = engine.ProcessNextAsync();
        await stage.StartedAsync();

        var accepted = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => engine.EnqueueAsync("stage.count")));
        // Less than it uses already.
        await ConfigureAsync(engine, "1mb");
        var refused = await Assert.ThrowsAsync<JobStoreUnavailableException>(() => engine.EnqueueAsync("stage.count"));
        Assert.Contains("is full", refused.Message, StringComparison.Ordinal);
        Assert.Null(await engine.Client.GetAsync(refused.JobId!.Value, Cancel));
        var report = await engine.Get<LovageHealth>().CheckAsync(Cancel);
        Assert.Contains("is full", report.StoreError!, StringComparison.Ordinal);

        // What runs may end: its result is worth the little room it takes.
        stage.Release();
        await run;
        Assert.Equal(JobState.Succeeded, (await engine.GetAsync(running)).State);

        // Nothing begins.
        var waiting = engine.Queue.Drain();
        var jobs = waiting.SelectMany(message => MessageReader.Read(message).Jobs).ToArray();
        var worker = engine.Get<WorkerLease>().Worker!.Value;
        await Assert.ThrowsAsync<JobStoreUnavailableException>(() => engine.Store.ClaimAsync(worker, [jobs[0]], alone: false, Cancel));
        Assert.Equal(JobState.Queued, (await engine.GetAsync(jobs[0].Id)).State);

        var processing = Task.WhenAll(waiting.Select(message => engine.Processor.ProcessAsync(message, Cancel)));
        await ConfigureAsync(engine, "0");
        await processing.WaitAsync(Limits.Signal);
        Assert.True((await engine.Get<LovageHealth>().CheckAsync(Cancel)).IsHealthy);
        foreach (var id in accepted)
            Assert.Equal(JobState.Succeeded, (await engine.GetAsync(id)).State);
    }

    private static Task ConfigureAsync(Engine engine, string maxMemory) =>
        engine.Get<RedisConnection>().CallAsync(db => db.ExecuteAsync("CONFIG", "SET", "maxmemory", maxMemory), Cancel);
}
