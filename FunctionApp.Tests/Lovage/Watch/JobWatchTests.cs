using Lovage.Jobs;
using Lovage.Store;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace FunctionApp.Tests.Lovage.Watch;

public sealed class JobWatchTests(RealServers servers)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly Stage stage = new();

    [Fact]
    public async Task Watch_JobRuns_ShowsEachStateAndReportOnce()
    {
        await using var engine = NewEngine();
        var id = await engine.EnqueueAsync("watch.report");
        await using var views = engine.Client.WatchAsync(id, Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await views.MoveNextAsync());
        Assert.Equal(JobState.Queued, views.Current.State);

        var processing = engine.ProcessNextAsync();
        await stage.StartedAsync();
        await UntilAsync(views, job => job.State is JobState.Running);
        stage.Release();
        await processing;
        var last = await UntilAsync(views, job => job.State.IsFinal());

        Assert.False(await views.MoveNextAsync());
        Assert.Equal([1, 2, 3, 4, 5], last.Changes.Select(change => change.Number));
        Assert.Equal([JobState.Queued, JobState.Running, null, null, JobState.Succeeded], last.Changes.Select(change => change.State));
        Assert.Equal([25, 75], last.Changes.Select(change => change.Progress?.Percent).OfType<double>());
        Assert.Equal("three quarters", last.Changes[3].Progress!.Message);
        Assert.Equal(last.Changes.Select(change => change.At).Order(), last.Changes.Select(change => change.At));
        Assert.Equal((last.EnqueuedAt, last.FinishedAt), (last.Changes[0].At, last.Changes[^1].At));
    }

    [Fact]
    public async Task Watch_UnknownJob_ShowsNothing()
    {
        await using var engine = NewEngine();
        await foreach (var job in engine.Client.WatchAsync(JobId.New(TimeProvider.System), Cancel))
            Assert.Fail($"{job} is not there.");
    }

    [Fact]
    public async Task Watch_ManyOfOneJob_ReadItOnceForAll()
    {
        await using var engine = NewEngine(services =>
            services.AddSingleton<RedisJobStore>().AddSingleton<IJobStore>(s => new LossyStore(s.GetRequiredService<RedisJobStore>())));
        var id = await engine.EnqueueAsync("stage.wait");
        var all = Enumerable.Range(0, 200).Select(_ => engine.Client.WaitAsync(id, Limits.Signal, Cancel)).ToArray();

        var processing = engine.ProcessNextAsync();
        await stage.StartedAsync();
        stage.Release();
        await processing;
        var ends = await Task.WhenAll(all);

        Assert.All(ends, job => Assert.Equal(JobState.Succeeded, job!.State));
        // One look at first, and one after each of two changes.
        Assert.InRange(((LossyStore)engine.Store).Reads, 1, 10);
    }

    [Fact]
    public async Task Watch_JobChangedInAnotherProcess_IsHeardOf()
    {
        await using var engine = NewEngine();
        await using var other = engine.NewProcess();
        var id = await engine.EnqueueAsync("stage.count");
        await using var views = other.Client.WatchAsync(id, Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await views.MoveNextAsync());

        await engine.ProcessNextAsync();

        Assert.Equal(JobState.Succeeded, (await UntilAsync(views, job => job.State.IsFinal())).State);
    }

    [Fact]
    public async Task Watch_ReplayedJob_NumbersGoOn()
    {
        await using var engine = NewEngine();
        var id = await engine.EnqueueAsync("watch.fail");
        await engine.ProcessNextAsync();
        Assert.Equal(3, (await engine.GetAsync(id)).Changes[^1].Number);

        Assert.True(await engine.Get<global::Lovage.DeadLetters.DeadLetterBox>().ReplayAsync(id, cancellation: Cancel));
        var first = await engine.Client.WatchAsync(id, Cancel).FirstAsync(Cancel);
        Assert.Equal((JobState.Queued, 4), (first.State, first.Changes[^1].Number));
    }

    [Fact]
    public async Task Wait_TimeIsOver_GivesTheJobAsItIs()
    {
        await using var engine = NewEngine();
        var id = await engine.EnqueueAsync("stage.wait");
        Assert.Equal(JobState.Queued, (await engine.Client.WaitAsync(id, TimeSpan.FromMilliseconds(50), Cancel))!.State);
    }

    [Fact]
    public async Task Wait_GivenUpWhileItBegins_LeavesNoSubscription()
    {
        await using var engine = NewEngine();
        var id = await engine.EnqueueAsync("stage.wait");
        for (var i = 0; i < 50; i++)
        {
            using var gaveUp = new CancellationTokenSource();
            var waiting = engine.Client.WaitAsync(id, Limits.Signal, gaveUp.Token);
            await gaveUp.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }
        var connection = engine.Get<RedisConnection>();
        using var limit = new CancellationTokenSource(Limits.Signal);
        // It is given back without waiting for the answer.
        while ((long)((RedisResult[])(await connection.CallAsync(db => db.ExecuteAsync("PUBSUB", "NUMSUB", (string)connection.Keys.Job(id)!), Cancel))!)[1] > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, limit.Token);
    }

    [Fact]
    public async Task Run_UserMayNeitherPublishNorSubscribe_JobEndsAndIsSeenToEnd()
    {
        var redis = await servers.RedisServerAsync();
        await using var admin = new Engine(redis, jobs: typeof(WatchJobs));
        var user = $"user-{Guid.NewGuid():N}";
        await admin.Get<RedisConnection>().CallAsync(db => db.ExecuteAsync("ACL", "SETUSER", user, "on", ">secret", "~*", "+@all", "resetchannels"), Cancel);
        await using var engine = new Engine($"{redis},user={user},password=secret", options => options.MaxAttempts = 1, services => services.AddSingleton(stage), typeof(StageJobs));
        var id = await engine.EnqueueAsync("stage.wait");
        var waiting = engine.Client.WaitAsync(id, Limits.Signal, Cancel);
        var processing = engine.ProcessNextAsync();
        await stage.StartedAsync();
        stage.Release();
        await processing;
        Assert.Equal(JobState.Succeeded, (await waiting)!.State);
    }

    [Fact]
    public async Task Watch_StoreDies_ThrowsToAllWhoWatch()
    {
        await using var redis = await servers.NewRedisAsync();
        await using var engine = new Engine(redis.Address, jobs: typeof(WatchJobs));
        var id = await engine.EnqueueAsync("watch.fail");
        await using var views = engine.Client.WatchAsync(id, Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await views.MoveNextAsync());

        await redis.KillAsync(Cancel);

        await Assert.ThrowsAsync<JobStoreUnavailableException>(async () => await views.MoveNextAsync());
    }

    [Fact]
    public async Task Log_ManyReports_KeepsTheLatestAndTheirNumbers()
    {
        await using var engine = NewEngine();
        var job = await engine.RunAsync("watch.report-much");
        Assert.Equal((JobState.Succeeded, 1_003), (job.Changes[^1].State, job.Changes[^1].Number));
        Assert.InRange(job.Changes.Count, 50, 1_000);
        Assert.Equal(Enumerable.Range(0, job.Changes.Count).Select(i => job.Changes[0].Number + i), job.Changes.Select(change => change.Number));
    }

    private Engine NewEngine(Action<IServiceCollection>? add = null) =>
        new(servers.RedisConnectionString, options => options.MaxAttempts = 1, services => { services.AddSingleton(stage); add?.Invoke(services); }, typeof(StageJobs), typeof(WatchJobs));

    private static async Task<JobRecord> UntilAsync(IAsyncEnumerator<JobRecord> views, Func<JobRecord, bool> isThere)
    {
        do
            Assert.True(await views.MoveNextAsync().AsTask().WaitAsync(Limits.Signal));
        while (!isThere(views.Current));
        return views.Current;
    }

    internal sealed class WatchJobs(Stage? stage = null)
    {
        [Job("watch.report")]
        public async Task ReportAsync(JobContext job)
        {
            stage!.Enter(job);
            await job.ReportProgressAsync(25);
            await job.ReportProgressAsync(75, "three quarters");
            await stage.ReleasedAsync(job.Cancellation);
        }

        [Job("watch.report-much")]
        public async Task ReportMuchAsync(JobContext job)
        {
            for (var i = 0; i < 1_000; i++)
                await job.ReportProgressAsync(i / 10.0, new string('x', 100));
        }

        [Job("watch.fail")]
        public void Fail() => throw new InvalidOperationException("on purpose");
    }
}
