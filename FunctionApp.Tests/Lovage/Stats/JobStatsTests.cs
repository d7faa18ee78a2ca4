using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Stats;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FunctionApp.Tests.Lovage.Stats;

public sealed class JobStatsTests(RealServers servers) : IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly Stage stage = new();
    private Engine engine = null!;

    public ValueTask InitializeAsync()
    {
        engine = new(servers.RedisConnectionString, options => options.MaxAttempts = 1, services => services.AddSingleton(stage), typeof(StageJobs), typeof(CountedJobs));
        return default;
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task Read_JobsInEveryState_CountsThemByStateAndName()
    {
        await RunAsync("count.quick", 3);
        await RunAsync("count.fail", 2);
        var cancelled = await engine.EnqueueAsync("count.quick");
        await engine.Client.CancelAsync(cancelled, Cancel);
        await engine.ProcessNextAsync();
        await engine.Client.EnqueueAsync<CountedJobs>(jobs => jobs.Quick(), new() { Delay = TimeSpan.FromHours(1) }, Cancel);
        engine.Queue.Drain();
        var waiting = await engine.EnqueueAsync("stage.wait");
        var processing = engine.ProcessNextAsync();
        await stage.StartedAsync();
        await engine.EnqueueAsync("stage.wait");

        var stats = await Stats.ReadAsync(Cancel);
        stage.Release(2);
        await processing;

        Assert.Equal(
            [(JobState.Scheduled, 1), (JobState.Queued, 1), (JobState.Running, 1), (JobState.Succeeded, 3), (JobState.Failed, 2), (JobState.Cancelled, 1), (JobState.Expired, 0)],
            stats.States.Select(state => (state.Key, state.Value)));
        var quick = Of(stats, "count.quick");
        Assert.Equal((1, 3, 1, 0), (quick.States[JobState.Scheduled], quick.States[JobState.Succeeded], quick.States[JobState.Cancelled], quick.States[JobState.Failed]));
        Assert.Equal((0.8, 0, false), (quick.EndedPerMinute, quick.FailedPerMinute, quick.IsEstimated));
        Assert.Equal((2, 0.4), (Of(stats, "count.fail").States[JobState.Failed], Of(stats, "count.fail").FailedPerMinute));
        Assert.Equal((1, 1), (Of(stats, "stage.wait").States[JobState.Queued], Of(stats, "stage.wait").States[JobState.Running]));
        var worker = Assert.Single(stats.Workers);
        Assert.Equal((1, waiting, "stage.wait", 1), (worker.RunningCount, worker.Running[0].Id, worker.Running[0].Name, worker.Running[0].Attempt));
    }

    [Fact]
    public async Task Read_EndedJobs_TellsHowLongTheyWaitedAndRan()
    {
        await RunAsync("count.quick", 20);
        var quick = Of(await Stats.ReadAsync(Cancel), "count.quick");
        Assert.Equal((20, 20), (quick.Wait!.Count, quick.Run!.Count));
        Assert.InRange(quick.Wait.P50, TimeSpan.Zero, Limits.Signal);
        Assert.InRange(quick.Run.P95, quick.Run.P50, Limits.Signal);
        Assert.Equal((null, null), (Of(await Stats.ReadAsync(Cancel), "count.fail").Wait, Of(await Stats.ReadAsync(Cancel), "count.fail").Run));
    }

    [Fact]
    public async Task Read_MoreJobsThanAreLookedAt_ScalesUpAndSaysSo()
    {
        await engine.Store.CreateAsync([.. Many("count.quick", 3_000), .. Many("count.fail", 1_000)], Cancel);
        var stats = await Stats.ReadAsync(Cancel);
        Assert.Equal(4_000, stats.States[JobState.Queued]);
        var (quick, fail) = (Of(stats, "count.quick"), Of(stats, "count.fail"));
        Assert.True(quick.IsEstimated && fail.IsEstimated);
        Assert.Equal(4_000, quick.States[JobState.Queued] + fail.States[JobState.Queued]);
        // A thousand of them were looked at: nine standard deviations of that.
        Assert.InRange(quick.States[JobState.Queued], 2_500, 3_500);
    }

    [Fact]
    public async Task Read_AskedAgainAtOnce_GivesTheSameForTwoSeconds()
    {
        var time = new FakeTimeProvider();
        await using var clocked = new Engine(servers.RedisConnectionString, add: services => services.AddSingleton<TimeProvider>(time), jobs: typeof(CountedJobs));
        var first = await clocked.Get<JobStats>().ReadAsync(Cancel);
        Assert.Same(first, await clocked.Get<JobStats>().ReadAsync(Cancel));
        time.Advance(TimeSpan.FromSeconds(2.1));
        Assert.NotSame(first, await clocked.Get<JobStats>().ReadAsync(Cancel));
    }

    [Theory]
    [InlineData(0.5, 50, new[] { 50 })]
    [InlineData(0.5, 20, new[] { 30, 10, 20 })]
    [InlineData(0.95, 95, null)]
    public void Durations_OfTimes_AreNearestRanks(double share, int expected, int[]? milliseconds)
    {
        var durations = Durations.Of((milliseconds ?? [.. Enumerable.Range(1, 100)]).Select(ms => TimeSpan.FromMilliseconds(ms)))!;
        Assert.Equal(TimeSpan.FromMilliseconds(expected), share == 0.5 ? durations.P50 : durations.P95);
    }

    private JobStats Stats => engine.Get<JobStats>();

    private static NameStats Of(StatsReport stats, string name) => stats.Names.Single(one => one.Name == name);

    private static IEnumerable<JobEnvelope> Many(string name, int count) =>
        Enumerable.Range(0, count).Select(_ => new JobEnvelope { Id = JobId.New(TimeProvider.System), Name = name, Arguments = "{}"u8.ToArray() });

    private async Task RunAsync(string name, int count)
    {
        for (var i = 0; i < count; i++)
            await engine.RunAsync(name);
    }

    internal sealed class CountedJobs
    {
        [Job("count.quick")]
        public void Quick()
        {
        }

        [Job("count.fail")]
        public void Fail() => throw new InvalidOperationException("on purpose");
    }
}
