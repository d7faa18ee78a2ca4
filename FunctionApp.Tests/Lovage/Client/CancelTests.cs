using System.Text.Json;
using Lovage.DeadLetters;
using Lovage.Jobs;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Lovage.Client;

public sealed class CancelTests(RealServers servers)
{
    private readonly Stage stage = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(3_600)]
    public async Task Cancel_NotBegun_IsCancelledAtOnceAndDoesNotRun(int delaySeconds)
    {
        await using var engine = NewEngine();
        var id = await engine.Client.EnqueueAsync(
            "stage.count", JsonSerializer.SerializeToElement(new { }), new() { Delay = TimeSpan.FromSeconds(delaySeconds) }, Cancel);
        Assert.Equal(JobState.Cancelled, await engine.Client.CancelAsync(id, Cancel));
        await engine.ProcessNextAsync();
        Assert.Equal(JobState.Cancelled, (await engine.GetAsync(id)).State);
        Assert.False(stage.HasStarted);
        Assert.Empty(engine.Queue.Drain());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancel_RunningJobThatListens_HearsItAndEndsCancelled(bool fromAnotherProcess)
    {
        await using var engine = NewEngine();
        await using var other = engine.NewProcess();
        var id = await engine.EnqueueAsync("stage.wait");
        var processing = engine.ProcessNextAsync();
        await stage.StartedAsync();
        Assert.Equal(JobState.Running, await (fromAnotherProcess ? other : engine).Client.CancelAsync(id, Cancel));
        await processing;
        var job = await engine.GetAsync(id);
        Assert.Equal((JobState.Cancelled, true), (job.State, job.CancelRequested));
        Assert.Empty(engine.Queue.Drain());
    }

    [Theory]
    [InlineData("stage.deaf", JobState.Succeeded)]
    [InlineData("stage.throw", JobState.Cancelled)]
    public async Task Cancel_RunningJobThatDoesNotStop_EndsAsItWillAndIsNotTriedAgain(string name, JobState end)
    {
        await using var engine = NewEngine();
        var id = await engine.EnqueueAsync(name);
        var processing = engine.ProcessNextAsync();
        var job = await stage.StartedAsync();
        await engine.Client.CancelAsync(id, Cancel);
        Assert.True(await Task.Run(() => job.Cancellation.WaitHandle.WaitOne(Limits.Signal), Cancel));
        stage.Release();
        await processing;
        Assert.Equal((end, true), ((await engine.GetAsync(id)).State, (await engine.GetAsync(id)).CancelRequested));
        Assert.Empty(engine.Queue.Drain());
    }

    [Fact]
    public async Task Cancel_RunThatFails_DoesNotCancelItsReplay()
    {
        await using var engine = NewEngine();
        var id = await engine.Client.EnqueueAsync("stage.throw", JsonSerializer.SerializeToElement(new { }), new() { MaxAttempts = 1 }, Cancel);
        var processing = engine.ProcessNextAsync();
        await stage.StartedAsync();
        await engine.Client.CancelAsync(id, Cancel);
        stage.Release();
        await processing;
        Assert.Equal(JobState.Failed, (await engine.GetAsync(id)).State);

        Assert.True(await engine.Get<DeadLetterBox>().ReplayAsync(id, cancellation: Cancel));
        var again = engine.ProcessNextAsync();
        var job = await stage.StartedAsync();
        var lease = engine.Get<WorkerLease>();
        await lease.RefreshAsync(lease.Worker!.Value, Cancel);
        Assert.False(job.Cancellation.IsCancellationRequested);
        stage.Release();
        await again;
        Assert.Equal(JobState.Failed, (await engine.GetAsync(id)).State);
    }

    [Fact]
    public async Task Cancel_Ended_ChangesNothing()
    {
        await using var engine = NewEngine();
        var job = await engine.RunAsync("stage.count");
        Assert.Equal(JobState.Succeeded, await engine.Client.CancelAsync(job.Id, Cancel));
        Assert.Equivalent(job, await engine.GetAsync(job.Id));
    }

    [Fact]
    public async Task Cancel_Unknown_IsNull()
    {
        await using var engine = NewEngine();
        Assert.Null(await engine.Client.CancelAsync(JobId.New(TimeProvider.System), Cancel));
    }

    [Fact]
    public async Task Cancel_ThenTrimmed_ItsOldMessageRunsNothing()
    {
        await using var engine = NewEngine();
        var id = await engine.EnqueueAsync("stage.count");
        await engine.Client.CancelAsync(id, Cancel);
        var connection = engine.Get<RedisConnection>();
        Assert.True(await connection.CallAsync(db => db.KeyDeleteAsync(connection.Keys.Job(id)), Cancel));
        await engine.ProcessNextAsync();
        Assert.False(stage.HasStarted);
        Assert.Null(await engine.Client.GetAsync(id, Cancel));
    }

    private Engine NewEngine() => new(
        servers.RedisConnectionString, options => (options.LeaseDuration, options.RetryBase) = (TimeSpan.FromSeconds(1), TimeSpan.Zero),
        add: s => s.AddSingleton(stage), jobs: typeof(StageJobs));
}
