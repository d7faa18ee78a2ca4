using System.Text.Json;
using Lovage.Client;
using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FunctionApp.Tests.Lovage.Processing;

/// <summary>Jobs that are known to be short are claimed before a slot is free. What they are this time may be another matter.</summary>
public sealed class ClaimedAheadTests(RealServers servers)
{
    private readonly Barrier barrier = new();
    private readonly FakeTimeProvider time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Process_ShortJobs_AreClaimedAheadAndNeverMoreRunThanThereAreSlots()
    {
        await using var engine = await NewEngineAsync();
        var (ids, processing) = await StartAsync(engine, 5, CancellationToken.None);
        await barrier.StartedAsync();
        await barrier.StartedAsync();
        Assert.All(await StatesAsync(engine, ids), state => Assert.Equal(JobState.Running, state));
        Assert.False(barrier.HasStarted);

        barrier.Release(5);
        await processing.WaitAsync(Limits.Signal, Cancel);
        Assert.All(await StatesAsync(engine, ids), state => Assert.Equal(JobState.Succeeded, state));
        Assert.Equal(2, barrier.MostRunning);
    }

    [Fact]
    public async Task Process_TheyTakeLongAfterAll_ThoseThatHaveNotBegunGoBackAfterAMinute()
    {
        await using var engine = await NewEngineAsync();
        var (ids, processing) = await StartAsync(engine, 5, CancellationToken.None);
        await barrier.StartedAsync();
        await barrier.StartedAsync();
        time.Advance(TimeSpan.FromSeconds(61));
        var again = new List<JobEnvelope>();
        while (again.Count < 3)
            again.AddRange(MessageReader.Read(await engine.Queue.ReceiveAsync()).Jobs);
        Assert.Equal(3, (await StatesAsync(engine, [.. again.Select(job => job.Id)])).Count(state => state is JobState.Queued));
        Assert.False(processing.IsCompleted);

        barrier.Release(2);
        await processing.WaitAsync(Limits.Signal, Cancel);
        Assert.Equal(2, (await StatesAsync(engine, ids)).Count(state => state is JobState.Succeeded));
    }

    [Fact]
    public async Task Process_Stopped_ThoseThatHaveNotBegunGoBackAndUseNoAttempt()
    {
        await using var engine = await NewEngineAsync();
        using var stop = new CancellationTokenSource();
        var (ids, processing) = await StartAsync(engine, 5, stop.Token);
        await barrier.StartedAsync();
        await barrier.StartedAsync();
        await stop.CancelAsync();
        await processing.WaitAsync(Limits.Signal, Cancel);
        Assert.False(barrier.HasStarted);
        var jobs = await Task.WhenAll(ids.Select(engine.GetAsync));
        Assert.All(jobs, job => Assert.Equal((JobState.Queued, 1), (job.State, job.Attempt)));
        Assert.Equal(ids.ToHashSet(), engine.Queue.Drain().SelectMany(message => MessageReader.Read(message).Jobs).Select(job => job.Id).ToHashSet());
    }

    [Fact]
    public async Task Cancel_ClaimedAndNotBegun_NeverRuns()
    {
        await using var engine = await NewEngineAsync();
        var (ids, processing) = await StartAsync(engine, 3, CancellationToken.None);
        JobId[] began = [await barrier.StartedAsync(), await barrier.StartedAsync()];
        var waiting = Assert.Single(ids.Except(began));
        await engine.Client.CancelAsync(waiting, Cancel);
        barrier.Release(3);
        await processing.WaitAsync(Limits.Signal, Cancel);
        Assert.Equal(JobState.Cancelled, (await engine.GetAsync(waiting)).State);
        Assert.False(barrier.HasStarted);
    }

    [Fact]
    public async Task Process_StoppedAndTheStoreDoesNotAnswer_EndsNotBeforeTheBodies()
    {
        LossyStore? store = null;
        await using var engine = await NewEngineAsync(services => services.AddSingleton<IJobStore>(s => store = new(s.GetRequiredService<RedisJobStore>())).AddSingleton<RedisJobStore>());
        using var stop = new CancellationTokenSource();
        var (_, processing) = await StartAsync(engine, 5, stop.Token, "barrier.hold");
        await barrier.StartedAsync();
        await barrier.StartedAsync();
        store!.Settles = 3;
        await stop.CancelAsync();
        using (var limit = new CancellationTokenSource(Limits.Signal))
        {
            while (store.Settles > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, limit.Token);
        }
        Assert.False(processing.IsCompleted);

        barrier.Release(2);
        await Assert.ThrowsAsync<JobStoreUnavailableException>(() => processing.WaitAsync(Limits.Signal, Cancel));
        Assert.Equal(0, barrier.Running);
    }

    private static async Task<JobState[]> StatesAsync(Engine engine, IReadOnlyList<JobId> ids) => [.. (await Task.WhenAll(ids.Select(engine.GetAsync))).Select(job => job.State)];

    private static async Task<(IReadOnlyList<JobId> Ids, Task Processing)> StartAsync(
        Engine engine, int count, CancellationToken shutdown, string name = "barrier.wait")
    {
        var ids = await engine.Client.EnqueueAsync([.. Enumerable.Range(0, count).Select(_ => JobRequest.Of(name, JsonSerializer.SerializeToElement(new { })))], Cancel);
        var jobs = engine.Queue.Drain().SelectMany(message => MessageReader.Read(message).Jobs).ToArray();
        var pack = MessageWriter.Write(jobs, count).Select(message => System.Text.Encoding.UTF8.GetString(message.Span)).Single();
        return (ids, engine.Processor.ProcessAsync(pack, shutdown));
    }

    // Two slots, and a job that was short so far.
    private async Task<Engine> NewEngineAsync(Action<IServiceCollection>? add = null)
    {
        var engine = new Engine(
            servers.RedisConnectionString, options => options.Concurrency = 2, add + (s => s.AddSingleton(barrier).AddSingleton<TimeProvider>(time)), typeof(BarrierJobs));
        barrier.Release(1);
        await engine.RunAsync("barrier.wait");
        await barrier.StartedAsync();
        engine.Get<ExpectedDurations>().Ran("barrier.hold", TimeSpan.Zero);
        return engine;
    }

    private sealed class BarrierJobs(Barrier barrier)
    {
        [Job("barrier.wait")]
        public Task WaitAsync(JobContext job) => barrier.WaitAsync(job, job.Cancellation);

        [Job("barrier.hold")]
        public Task HoldAsync(JobContext job) => barrier.WaitAsync(job, CancellationToken.None);
    }
}
