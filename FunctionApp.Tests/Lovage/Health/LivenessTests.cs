using Lovage;
using Lovage.Health;
using Lovage.Jobs;
using Lovage.Processing;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace FunctionApp.Tests.Lovage.Health;

public sealed class LivenessTests(RealServers servers)
{
    // The longest pause between two sweeps, which is five seconds and a fifth.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(6);

    private readonly CountingTime time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(5, 50)]
    [InlineData(0.1, 10)]
    [InlineData(300, 3000)]
    public void Heartbeat_IsStuckOnceTenTurnsAreMissed_AndNoSoonerThanAfterTenSeconds(double interval, double allowed)
    {
        var heartbeat = new Heartbeats(time).Begin("loop", TimeSpan.FromSeconds(interval));
        time.Advance(TimeSpan.FromSeconds(allowed));
        Assert.Equal(new("loop", TimeSpan.FromSeconds(allowed), TimeSpan.FromSeconds(allowed)), heartbeat.Look());
        Assert.False(heartbeat.Look().IsStuck);
        time.Advance(TimeSpan.FromTicks(1));
        Assert.True(heartbeat.Look().IsStuck);
        heartbeat.Beat();
        Assert.Equal((false, TimeSpan.Zero), (heartbeat.Look().IsStuck, heartbeat.Look().SinceTurn));
    }

    [Fact]
    public async Task CheckProgress_NothingHasBegun_IsAlive()
    {
        await using var engine = NewEngine();
        var report = engine.Get<LovageHealth>().CheckProgress();
        Assert.True(report.IsAlive);
        Assert.Empty(report.Loops);
    }

    [Fact]
    public async Task CheckProgress_SweepsFail_IsAlive()
    {
        var store = new StoreThatFails();
        await using var engine = NewEngine(store);
        using var sweeper = await SweepAsync(engine);
        for (var turn = 1; turn <= 30; turn++)
        {
            WhenThePauseBegins(turn);
            Assert.True(engine.Get<LovageHealth>().CheckProgress().IsAlive);
            time.Advance(Pause);
        }
        WhenThePauseBegins(31);
        Assert.Equal(30, store.Calls);
        await sweeper.StopAsync(Cancel);
    }

    [Fact]
    public async Task CheckProgress_ACallOfTheSweepHangs_IsNotAliveUntilItAnswers()
    {
        var store = new StoreThatFails { Answers = new(TaskCreationOptions.RunContinuationsAsynchronously) };
        await using var engine = NewEngine(store);
        using var sweeper = await SweepAsync(engine);
        WhenThePauseBegins(1);
        time.Advance(Pause);
        Assert.True(SpinWait.SpinUntil(() => store.Calls == 1, Limits.Signal));
        time.Advance(TimeSpan.FromSeconds(44));
        Assert.True(engine.Get<LovageHealth>().CheckProgress().IsAlive);
        time.Advance(TimeSpan.FromSeconds(1));
        var report = engine.Get<LovageHealth>().CheckProgress();
        Assert.False(report.IsAlive);
        var sweep = Assert.Single(report.Loops);
        Assert.Equal(new("sweep", TimeSpan.FromSeconds(51), TimeSpan.FromSeconds(50)), sweep);

        store.Answers.SetResult();
        WhenThePauseBegins(2);
        Assert.True(engine.Get<LovageHealth>().CheckProgress().IsAlive);
        await sweeper.StopAsync(Cancel);
    }

    // On the real clock: the thread of the lease waits by it.
    [Fact]
    public async Task CheckProgress_LeaseIsHeld_ItsRenewalComesRound()
    {
        await using var engine = new Engine(servers.RedisConnectionString, options => options.LeaseDuration = TimeSpan.FromSeconds(1));
        var health = engine.Get<LovageHealth>();
        await engine.Get<WorkerLease>().GetAsync(Cancel);
        Assert.True(SpinWait.SpinUntil(() => health.CheckProgress().Loops.Count == 1, Limits.Signal));
        Assert.Equal("lease", health.CheckProgress().Loops[0].Loop);
        var (turns, last) = (0, TimeSpan.Zero);
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                var since = health.CheckProgress().Loops[0].SinceTurn;
                turns += since < last ? 1 : 0;
                last = since;
                return turns == 2;
            },
            Limits.Signal));
    }

    [Fact]
    public async Task CheckProgress_FullOfAbandonedBodies_IsNotAliveUntilOneEnds()
    {
        await using var engine = NewEngine();
        var bodies = new[] { new TaskCompletionSource(), new TaskCompletionSource() };
        var (health, abandoned) = (engine.Get<LovageHealth>(), engine.Get<AbandonedBodies>());
        abandoned.Add(JobId.New(time), "deaf", bodies[0].Task);
        Assert.True(health.CheckProgress().IsAlive);
        abandoned.Add(JobId.New(time), "deaf", bodies[1].Task);
        Assert.Equal((false, true, 2, 2), (
            health.CheckProgress().IsAlive, health.CheckProgress().IsFull, health.CheckProgress().AbandonedBodies, health.CheckProgress().MostAbandonedBodies));
        bodies[0].SetResult();
        Assert.True(health.CheckProgress().IsAlive);
    }

    [Fact]
    public async Task Check_StoreHangs_IsUnhealthyAfterTenSeconds()
    {
        await using var engine = NewEngine(new StoreThatFails { Answers = new(TaskCreationOptions.RunContinuationsAsynchronously) });
        var check = engine.Get<LovageHealth>().CheckAsync(Cancel);
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(check.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new("The job store (Redis) is unavailable: it did not answer within 10 s.", null), await check.WaitAsync(Limits.Signal));
    }

    private Engine NewEngine(StoreThatFails? store = null) => new(
        servers.RedisConnectionString,
        options => options.Concurrency = 2,
        services =>
        {
            services.AddSingleton<TimeProvider>(time);
            if (store is not null)
                services.AddSingleton<RedisConnection>(provider => new FailingConnection(provider.GetRequiredService<IOptions<LovageOptions>>(), store));
        });

    private static async Task<Sweeper> SweepAsync(Engine engine)
    {
        var sweeper = engine.Services.GetServices<IHostedService>().OfType<Sweeper>().Single();
        await sweeper.StartAsync(Cancel);
        return sweeper;
    }

    private void WhenThePauseBegins(int turn) => Assert.True(SpinWait.SpinUntil(() => time.Pauses >= turn, Limits.Signal));

    /// <summary>Tells when the sweeper waits for the clock: then it has come round.</summary>
    private sealed class CountingTime : FakeTimeProvider
    {
        private int pauses;

        public int Pauses => Volatile.Read(ref pauses);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Interlocked.Increment(ref pauses);
            return timer;
        }
    }

    private sealed class StoreThatFails
    {
        private int calls;

        public int Calls => Volatile.Read(ref calls);

        /// <summary>When it answers; at once if that is not set.</summary>
        public TaskCompletionSource? Answers { get; init; }

        public async Task<T> FailAsync<T>(CancellationToken cancellation)
        {
            Interlocked.Increment(ref calls);
            if (Answers is { } answers)
                await answers.Task.WaitAsync(cancellation);
            throw new global::Lovage.Store.JobStoreUnavailableException(new TimeoutException("on purpose"));
        }
    }

    private sealed class FailingConnection(IOptions<LovageOptions> options, StoreThatFails store) : RedisConnection(options)
    {
        public override Task<T> CallAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancellation) => store.FailAsync<T>(cancellation);
    }
}
