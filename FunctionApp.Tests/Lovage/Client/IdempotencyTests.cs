using System.Text.Json;
using Lovage.Client;
using Lovage.Jobs;
using Lovage.Store;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Lovage.Client;

public sealed class IdempotencyTests(RealServers servers) : IAsyncDisposable
{
    private static readonly EnqueueOptions Once = new() { IdempotencyKey = "order 17" };

    private readonly Engine engine = new(servers.RedisConnectionString, add: Lose, jobs: typeof(SumJobs));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task Enqueue_FiftyAtOnceWithOneKey_AreOneJob()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => EnqueueAsync("sum.add", new { x = 1, y = 2 })));
        var id = Assert.Single(ids.Distinct());
        for (var messages = 0; messages < 50; messages++)
            await engine.ProcessNextAsync();
        Assert.Empty(engine.Queue.Drain());
        Assert.Equal((JobState.Succeeded, 1), ((await engine.GetAsync(id)).State, SumJobs.Runs(engine)));
    }

    [Fact]
    public async Task Enqueue_AnswerOfTheFirstLost_TheSecondGivesItsIdAndRingsIt()
    {
        ((LossyStore)engine.Store).Creates = 1;
        var lost = await Assert.ThrowsAsync<JobStoreUnavailableException>(() => EnqueueAsync("sum.add", new { x = 1, y = 2 }));
        Assert.Empty(engine.Queue.Drain());
        Assert.Equal(lost.JobId, await EnqueueAsync("sum.add", new { x = 1, y = 2 }));
        await engine.ProcessNextAsync();
        Assert.Equal(JobState.Succeeded, (await engine.GetAsync(lost.JobId!.Value)).State);
    }

    [Fact]
    public async Task Enqueue_KeyOfAnEndedJob_GivesItsIdAndRunsNothing()
    {
        var id = await EnqueueAsync("sum.add", new { x = 1, y = 2 });
        await engine.ProcessNextAsync();
        Assert.Equal(id, await EnqueueAsync("sum.add", new { x = 1, y = 2 }));
        await engine.ProcessNextAsync();
        Assert.Equal(1, SumJobs.Runs(engine));
    }

    [Theory]
    [InlineData("""{"y":2,"x":1}""")]
    [InlineData("""{ "x": 1, "y": 2, "z": 0 }""")]
    [InlineData("""{"X":1,"y":2}""")]
    public async Task Enqueue_SameArgumentsWrittenOtherwise_AreTheSame(string arguments)
    {
        var id = await EnqueueAsync("sum.add", new { x = 1, y = 2 });
        Assert.Equal(id, await engine.Client.EnqueueAsync("sum.add", JsonDocument.Parse(arguments).RootElement, Once, Cancel));
        Assert.Equal(id, await engine.Client.EnqueueAsync<SumJobs>(jobs => jobs.Add(1, 2, 0), Once, Cancel));
    }

    [Fact]
    public async Task Enqueue_SameKeyForSomethingElse_IsRefusedAndNothingIsRecorded()
    {
        var id = await EnqueueAsync("sum.add", new { x = 1, y = 2 });
        engine.Queue.Drain();
        Assert.Equal(id, (await Assert.ThrowsAsync<IdempotencyConflictException>(() => EnqueueAsync("sum.add", new { x = 1, y = 3 }))).First);
        Assert.Equal(id, (await Assert.ThrowsAsync<IdempotencyConflictException>(() => EnqueueAsync("sum.again", new { x = 1, y = 2 }))).First);
        Assert.Empty(engine.Queue.Drain());
        Assert.Equal(1, await CountAsync());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1_200)]
    public async Task Enqueue_ManyOfWhichTheLastHasAKeyOfSomethingElse_NoneIsRecorded(int count)
    {
        await EnqueueAsync("sum.add", new { x = 1, y = 2 });
        var requests = Enumerable.Range(1, count).Select(i => JobRequest.Of<SumJobs>(jobs => jobs.Add(i, 0, 0), i == count ? Once : null)).ToArray();
        await Assert.ThrowsAsync<IdempotencyConflictException>(() => engine.Client.EnqueueAsync(requests, Cancel));
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Enqueue_ManyWithTheSameKey_AreOneJob()
    {
        var same = JobRequest.Of<SumJobs>(jobs => jobs.Add(1, 2, 0), Once);
        var ids = await engine.Client.EnqueueAsync([same, JobRequest.Of<SumJobs>(jobs => jobs.Add(5, 5, 0)), same], Cancel);
        Assert.Equal((ids[0], 2), (ids[2], await CountAsync()));
        var other = JobRequest.Of<SumJobs>(jobs => jobs.Add(2, 2, 0), new() { IdempotencyKey = "new" });
        var another = JobRequest.Of<SumJobs>(jobs => jobs.Add(3, 3, 0), new() { IdempotencyKey = "new" });
        await Assert.ThrowsAsync<IdempotencyConflictException>(() => engine.Client.EnqueueAsync([other, another], Cancel));
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task Enqueue_AfterTheWindow_IsANewJob()
    {
        var first = await EnqueueAsync("sum.add", new { x = 1, y = 2 });
        var connection = engine.Get<RedisConnection>();
        var key = connection.Keys.Idempotency(IdempotencyKey.Of("order 17", "", default));
        var left = await connection.CallAsync(db => db.KeyTimeToLiveAsync(key), Cancel);
        Assert.InRange(left!.Value, TimeSpan.FromHours(23), TimeSpan.FromDays(1));
        await connection.CallAsync(db => db.KeyExpireAsync(key, TimeSpan.Zero), Cancel);
        Assert.NotEqual(first, await EnqueueAsync("sum.add", new { x = 1, y = 3 }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    public async Task Enqueue_KeyOfWrongLength_IsRefused(int length) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            engine.Client.EnqueueAsync<SumJobs>(jobs => jobs.Add(1, 2, 0), new() { IdempotencyKey = new string('k', length) }, Cancel));

    private static void Lose(IServiceCollection services) => services
        .AddSingleton<SumJobs.Counter>().AddSingleton<RedisJobStore>().AddSingleton<IJobStore>(s => new LossyStore(s.GetRequiredService<RedisJobStore>()));

    private Task<JobId> EnqueueAsync(string name, object arguments) =>
        engine.Client.EnqueueAsync(name, JsonSerializer.SerializeToElement(arguments), Once, Cancel);

    // Ended or not.
    private async Task<int> CountAsync()
    {
        var connection = engine.Get<RedisConnection>();
        var counts = await Task.WhenAll(connection.Keys.Indexes.Select(index => connection.CallAsync(db => db.SortedSetLengthAsync(index), Cancel)));
        return (int)counts.Sum();
    }

    internal sealed class SumJobs(SumJobs.Counter counter)
    {
        public static int Runs(Engine engine) => engine.Get<Counter>().Runs;

        [Job("sum.add")]
        public int Add(int x, int y, int z = 0)
        {
            Interlocked.Increment(ref counter.Runs);
            return x + y + z;
        }

        [Job("sum.again")]
        public int Again(int x, int y) => Add(x, y);

        public sealed class Counter
        {
            public int Runs;
        }
    }
}
