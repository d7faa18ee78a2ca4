using Lovage;
using Lovage.Jobs;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace FunctionApp.Tests.Lovage.Store;

public sealed class WorkerLeaseTests(RealServers servers)
{
    [Fact]
    public async Task Get_Twice_IsOneLease()
    {
        await using var engine = NewEngine();
        var lease = engine.Services.GetRequiredService<WorkerLease>();
        Assert.Same(await lease.GetAsync(CancellationToken.None), await lease.GetAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Renewal_GoesOnWhileTheThreadPoolIsBlocked()
    {
        await using var engine = NewEngine(options => options.LeaseDuration = TimeSpan.FromSeconds(2));
        _ = engine.Processor;
        var held = await engine.Services.GetRequiredService<WorkerLease>().GetAsync(CancellationToken.None);
        var connection = engine.Services.GetRequiredService<RedisConnection>();
        using var watching = await ConnectionMultiplexer.ConnectAsync(connection.Configuration());
        using var released = new ManualResetEventSlim();
        var blocked = Enumerable.Range(0, 10).Select(_ => Task.Run(() => released.Wait(Limits.Signal))).ToArray();
        var renewals = await Task.Factory.StartNew(
            () => CountRenewals(watching.GetDatabase(), connection.Keys.Lease(held.Worker), wanted: 3), TaskCreationOptions.LongRunning);
        released.Set();
        await Task.WhenAll(blocked);
        Assert.Equal(3, renewals);
        Assert.False(held.Lost.IsCancellationRequested);
    }

    // A key's time to live grows only when it is renewed.
    private static int CountRenewals(IDatabase db, RedisKey lease, int wanted)
    {
        var (renewals, last, began) = (0, TimeSpan.Zero, TimeProvider.System.GetTimestamp());
        while (renewals < wanted && TimeProvider.System.GetElapsedTime(began) < Limits.Signal && db.KeyTimeToLive(lease) is { } left)
        {
            renewals += last != TimeSpan.Zero && left > last ? 1 : 0;
            last = left;
        }
        return renewals;
    }

    [Fact]
    public async Task LeaseDeleted_IsNoticed_AndTheNextIsAnotherWorker()
    {
        await using var engine = NewEngine(options => options.LeaseDuration = TimeSpan.FromSeconds(1));
        var lease = engine.Services.GetRequiredService<WorkerLease>();
        var held = await lease.GetAsync(CancellationToken.None);
        var connection = engine.Services.GetRequiredService<RedisConnection>();
        await connection.CallAsync(db => db.KeyDeleteAsync(connection.Keys.Lease(held.Worker)), CancellationToken.None);
        Assert.True(await Task.Run(() => held.Lost.WaitHandle.WaitOne(Limits.Signal)));
        Assert.NotEqual(held.Worker, (await lease.GetAsync(CancellationToken.None)).Worker);
    }

    [Fact]
    public async Task Dispose_GivesTheLeaseUp_SoThatItsJobsRunElsewhereAtOnce()
    {
        var engine = NewEngine();
        var held = await engine.Services.GetRequiredService<WorkerLease>().GetAsync(CancellationToken.None);
        var keys = engine.Services.GetRequiredService<RedisConnection>().Keys;
        await engine.DisposeAsync();
        await using var other = NewEngine();
        Assert.False(await other.Services.GetRequiredService<RedisConnection>().CallAsync(db => db.KeyExistsAsync(keys.Lease(held.Worker)), CancellationToken.None));
    }

    [Fact]
    public async Task WorkerGone_ItsRunningJobRunsAgainWhenItsMessageComesBack()
    {
        await using var engine = NewEngine();
        var id = await engine.EnqueueAsync("lease.run");
        var message = await engine.Queue.ReceiveAsync();
        var dead = global::Lovage.Store.WorkerId.New();
        var connection = engine.Services.GetRequiredService<RedisConnection>();
        await connection.CallAsync(db => db.StringSetAsync(connection.Keys.Lease(dead), "1"), CancellationToken.None);
        await engine.Store.ClaimAsync(dead, MessageOf(message), alone: false, CancellationToken.None);

        await engine.Processor.ProcessAsync(message, CancellationToken.None);
        Assert.Equal(JobState.Running, (await engine.GetAsync(id)).State);

        await connection.CallAsync(db => db.KeyDeleteAsync(connection.Keys.Lease(dead)), CancellationToken.None);
        await engine.Processor.ProcessAsync(message, CancellationToken.None);
        Assert.Equal((JobState.Succeeded, 1), ((await engine.GetAsync(id)).State, (await engine.GetAsync(id)).Attempt));
    }

    private static IReadOnlyList<global::Lovage.Queue.JobEnvelope> MessageOf(string message) => global::Lovage.Queue.MessageReader.Read(message).Jobs;

    private Engine NewEngine(Action<LovageOptions>? configure = null) => new(servers.RedisConnectionString, configure, jobs: typeof(LeaseJobs));

    private sealed class LeaseJobs
    {
        [Job("lease.run")]
        public void Run()
        {
        }
    }
}
