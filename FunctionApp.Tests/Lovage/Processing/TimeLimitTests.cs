using Lovage;
using Lovage.Jobs;
using Lovage.Processing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace FunctionApp.Tests.Lovage.Processing;

public sealed class TimeLimitTests(RealServers servers) : IDisposable
{
    private readonly Stage stage = new();
    private readonly FakeTimeProvider time = new();
    private readonly Lifetime lifetime = new();

    // Blocked bodies must not outlive their test.
    public void Dispose() => stage.Release(100);

    [Theory]
    [InlineData("stage.wait-at-most-10-s", null)]
    [InlineData("stage.wait-at-most-10-s", 60)]
    [InlineData("stage.wait", 10)]
    public async Task Process_SoftLimit_CancelsTheTokenAndTheAttemptHasFailed(string name, int? longestRun)
    {
        await using var engine = NewEngine(options => options.LongestRun = longestRun is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        var id = await engine.EnqueueAsync(name);
        var processing = engine.ProcessNextAsync();
        var job = await stage.StartedAsync();
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(job.Cancellation.IsCancellationRequested);
        time.Advance(TimeSpan.FromSeconds(1));
        await processing;

        var record = await engine.GetAsync(id);
        Assert.Equal((JobState.Queued, 2), (record.State, record.Attempt));
        Assert.Equal(("System.TimeoutException", "The job exceeded its time limit of 00:00:10."), (record.Error!.Type, record.Error.Message));
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(5, null, 5)]
    [InlineData(null, 7, 7)]
    [InlineData(5, 7, 5)]
    [InlineData(9, 7, 7)]
    public void SoftWithin_IsTheShorterOfTheTwo(int? soft, int? longest, int? expected) =>
        Assert.Equal(Seconds(expected), new TimeLimits(Seconds(soft), null).SoftWithin(null, Seconds(longest)));

    [Theory]
    [InlineData("stage.block-at-most-20-s")]
    [InlineData("stage.block-with-callback")]
    public async Task Process_HardLimit_AbandonsTheBodyAndTheJobHasFailed(string name)
    {
        await using var engine = NewEngine();
        var id = await AbandonAsync(engine, name);
        var record = await engine.GetAsync(id);
        Assert.Equal((JobState.Failed, FailureReason.TimeLimit, 1), (record.State, record.Reason!.Value, record.Attempt));
        Assert.Equal("The job did not stop within its hard time limit of 00:00:20 and was abandoned.", record.Error!.Message);
        Assert.Empty(engine.Queue.Drain());
        Assert.Equal(1, engine.Get<AbandonedBodies>().Count);
        stage.Release();
        Assert.True(SpinWait.SpinUntil(() => engine.Get<AbandonedBodies>().Count == 0, Limits.Signal));
        Assert.Equal(JobState.Failed, (await engine.GetAsync(id)).State);
    }

    [Fact]
    public async Task Process_BodyAbandoned_ItsSlotIsFreeAgain()
    {
        await using var engine = NewEngine(options => options.Concurrency = 1);
        await AbandonAsync(engine, "stage.block-at-most-20-s");
        Assert.Equal(JobState.Succeeded, (await engine.RunAsync("stage.count")).State);
    }

    [Fact]
    public async Task Process_AsManyAbandonedAsMayRunAtOnce_TheProcessAsksToStop()
    {
        await using var engine = NewEngine(options => options.Concurrency = 2);
        await AbandonAsync(engine, "stage.block-at-most-20-s");
        Assert.Equal(0, lifetime.Stops);
        await AbandonAsync(engine, "stage.block-at-most-20-s");
        Assert.Equal(1, lifetime.Stops);
    }

    private async Task<JobId> AbandonAsync(Engine engine, string name)
    {
        var id = await engine.EnqueueAsync(name);
        var processing = engine.ProcessNextAsync();
        Assert.Equal(id, (await stage.StartedAsync()).Id);
        // The body may have started before its limit is watched: the clock goes on until it is.
        while (!processing.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        await processing;
        return id;
    }

    private static TimeSpan? Seconds(int? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;

    private Engine NewEngine(Action<LovageOptions>? configure = null) => new(
        servers.RedisConnectionString, configure + (options => options.RetryBase = TimeSpan.Zero),
        add: s => s.AddSingleton(stage).AddSingleton<TimeProvider>(time).AddSingleton<IHostApplicationLifetime>(lifetime), jobs: typeof(StageJobs));

    private sealed class Lifetime : IHostApplicationLifetime
    {
        public int Stops { get; private set; }

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => Stops++;
    }
}
