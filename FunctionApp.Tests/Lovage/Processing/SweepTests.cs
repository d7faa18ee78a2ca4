using System.Text.Json;
using Lovage;
using Lovage.Client;
using Lovage.Jobs;
using Lovage.Processing;
using Lovage.Queue;
using Lovage.Store;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace FunctionApp.Tests.Lovage.Processing;

public sealed class SweepTests(RealServers servers)
{
    private static readonly DateTimeOffset FarAway = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Stage stage = new();
    private readonly FakeTimeProvider time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sweep_DeadWorker_ItsJobsAreRungEachByItselfAndRunAloneInTheSameAttempt()
    {
        await using var engine = NewEngine();
        var jobs = await EnqueueAsync(engine, 3);
        await DieWithAsync(engine, jobs, alone: false);
        Assert.Equal(3, await SweepAsync(engine));
        var messages = engine.Queue.Drain();
        Assert.Equal(Ids(jobs).OrderBy(id => id.Value), messages.Select(m => Assert.Single(MessageReader.Read(m).Jobs).Id).OrderBy(id => id.Value));

        var worker = (await engine.Get<WorkerLease>().GetAsync(Cancel)).Worker;
        Assert.All(await engine.Store.ClaimAsync(worker, jobs, alone: false, Cancel), answer => Assert.IsType<ClaimAnswer.Alone>(answer));

        await Task.WhenAll(messages.Select(m => engine.Processor.ProcessAsync(m, CancellationToken.None)));
        Assert.All(await RecordsAsync(engine, jobs), job => Assert.Equal((JobState.Succeeded, 1), (job.State, job.Attempt)));
        Assert.Equal(0, await SweepAsync(engine));
    }

    [Fact]
    public async Task Sweep_AJobKillsItsProcessAgainAndAgain_FailsAsCrashedAndItsNeighboursAreNotCharged()
    {
        await using var engine = NewEngine(options => options.MaxCrashes = 2);
        var jobs = await EnqueueAsync(engine, 3);
        await DieWithAsync(engine, jobs, alone: false);
        await SweepAsync(engine);
        for (var crash = 1; crash <= 2; crash++)
        {
            Assert.Equal(JobState.Queued, (await engine.GetAsync(jobs[0].Id)).State);
            await DieWithAsync(engine, [jobs[0]], alone: true);
            await SweepAsync(engine);
        }
        var pill = await engine.GetAsync(jobs[0].Id);
        Assert.Equal((JobState.Failed, FailureReason.Crashed, 1), (pill.State, pill.Reason!.Value, pill.Attempt));
        Assert.StartsWith("The process died each time", pill.Error!.Message, StringComparison.Ordinal);

        foreach (var message in engine.Queue.Drain())
            await engine.Processor.ProcessAsync(message, CancellationToken.None);
        Assert.All(await RecordsAsync(engine, jobs[1..]), job => Assert.Equal((JobState.Succeeded, 1), (job.State, job.Attempt)));
        Assert.False(stage.Runs.ContainsKey(pill.Id));
    }

    [Fact]
    public async Task Sweep_DeadWorkersJobWasToBeCancelled_IsCancelledAndNotRung()
    {
        await using var engine = NewEngine();
        var jobs = await EnqueueAsync(engine, 1);
        await DieWithAsync(engine, jobs, alone: false, () => engine.Client.CancelAsync(jobs[0].Id, Cancel));
        Assert.Equal(0, await SweepAsync(engine));
        Assert.Equal(JobState.Cancelled, (await engine.GetAsync(jobs[0].Id)).State);
    }

    [Fact]
    public async Task Sweep_LiveWorker_KeepsItsJobs()
    {
        await using var engine = NewEngine();
        await using var other = engine.NewProcess();
        await engine.EnqueueAsync("stage.wait");
        var processing = engine.ProcessNextAsync();
        var job = await stage.StartedAsync();
        Assert.Equal(0, await SweepAsync(other));
        stage.Release();
        await processing;
        Assert.Equal(JobState.Succeeded, (await engine.GetAsync(job.Id)).State);
    }

    [Fact]
    public async Task Sweep_QueueWasDownWhenJobsWereEnqueued_RingsThemOnce()
    {
        await using var engine = NewEngine();
        engine.Queue.IsDown = true;
        var ids = new[] { await engine.EnqueueAsync("stage.count"), await engine.EnqueueAsync("stage.count") };
        await Assert.ThrowsAsync<JobQueueUnavailableException>(() => SweepAsync(engine));
        engine.Queue.IsDown = false;
        Assert.Equal(2, await SweepAsync(engine));
        Assert.Equal(ids.OrderBy(id => id.Value), MessageReader.Read(await engine.Queue.ReceiveAsync()).Jobs.Select(job => job.Id).OrderBy(id => id.Value));
        Assert.Equal(0, await SweepAsync(engine));
    }

    [Theory]
    [InlineData(59, 0)]
    [InlineData(61, 1)]
    public async Task Sweep_OvertakenByAJobRungLater_IsRungOnceAgain(int secondsEarlier, int rung)
    {
        await using var engine = NewEngine();
        var (lost, other) = ((await EnqueueAsync(engine, 1))[0], await EnqueueAsync(engine, 1));
        // Five minutes ago by the store's clock, so that one ring is as old as the other may be.
        var rungAt = (await engine.GetAsync(lost.Id)).EnqueuedAt.AddMinutes(-5);
        await RungAtAsync(engine, lost.Id, rungAt);
        await RungAtAsync(engine, other[0].Id, rungAt.AddSeconds(secondsEarlier));
        Assert.Equal(0, await SweepAsync(engine));
        await engine.Queue.SendAsync(other, 1, TimeSpan.Zero, Cancel);
        await engine.ProcessNextAsync();
        Assert.Equal(rung, await SweepAsync(engine));
        Assert.Equal(0, await SweepAsync(engine));
    }

    [Theory]
    [InlineData(9, 0)]
    [InlineData(11, 1)]
    public async Task Sweep_UnclaimedForTenMinutes_IsRungAgain(int minutes, int rung)
    {
        await using var engine = NewEngine();
        var lost = await EnqueueAsync(engine, 1);
        await RungAtAsync(engine, lost[0].Id, (await engine.GetAsync(lost[0].Id)).EnqueuedAt.AddMinutes(-minutes));
        Assert.Equal(rung, await SweepAsync(engine));
        Assert.Equal(rung, engine.Queue.Drain().Count);
        Assert.Equal(0, await SweepAsync(engine));
    }

    [Fact]
    public async Task Sweep_ScheduledJobIsLate_IsQueuedRungAndRuns()
    {
        await using var engine = NewEngine();
        var id = (await EnqueueAsync(engine, 1, new() { NotBefore = FarAway }))[0].Id;
        Assert.Equal(0, await SweepAsync(engine));
        var (connection, due) = (engine.Get<RedisConnection>(), (await engine.GetAsync(id)).EnqueuedAt.AddMinutes(-1).ToUnixTimeMilliseconds());
        await connection.CallAsync(db => db.HashSetAsync(connection.Keys.Job(id), "due", due), Cancel);
        await connection.CallAsync(db => db.SortedSetAddAsync(connection.Keys.Scheduled, id.ToString(), due), Cancel);

        Assert.Equal(1, await SweepAsync(engine));
        Assert.Equal(JobState.Queued, (await engine.GetAsync(id)).State);
        var (message, delay) = await engine.Queue.ReceiveDelayedAsync();
        Assert.Equal(TimeSpan.Zero, delay);
        await engine.Processor.ProcessAsync(message, CancellationToken.None);
        Assert.Equal(JobState.Succeeded, (await engine.GetAsync(id)).State);
    }

    [Fact]
    public async Task Sweep_EightProcessesAtOnce_RingEachJobOnce()
    {
        await using var engine = NewEngine();
        var dead = await EnqueueAsync(engine, 20);
        await DieWithAsync(engine, dead, alone: false);
        engine.Queue.IsDown = true;
        var unrung = await EnqueueAsync(engine, 20);
        engine.Queue.IsDown = false;

        var processes = Enumerable.Range(0, 8).Select(_ => engine.NewProcess()).ToArray();
        var rung = await Task.WhenAll(processes.Select(process => Task.Run(() => SweepAsync(process))));
        Assert.Equal(40, rung.Sum());
        var jobs = engine.Queue.Drain().SelectMany(m => MessageReader.Read(m).Jobs).Select(job => job.Id);
        Assert.Equal(Ids([.. dead, .. unrung]).OrderBy(id => id.Value), jobs.OrderBy(id => id.Value));
        foreach (var process in processes)
            await process.DisposeAsync();
    }

    [Fact]
    public async Task GiveBack_ClaimNobodyKnowsOf_GoesBackAtTheSecondLookAndIsRung()
    {
        await using var engine = NewEngine();
        var jobs = await EnqueueAsync(engine, 1);
        var held = await engine.Get<WorkerLease>().GetAsync(Cancel);
        Assert.IsType<ClaimAnswer.Run>(Assert.Single(await engine.Store.ClaimAsync(held.Worker, jobs, alone: false, Cancel)));
        var forgotten = engine.Get<ForgottenRuns>();
        await forgotten.GiveBackAsync(Cancel);
        Assert.Equal(JobState.Running, (await engine.GetAsync(jobs[0].Id)).State);
        await forgotten.GiveBackAsync(Cancel);
        Assert.Equal((JobState.Queued, 1), ((await engine.GetAsync(jobs[0].Id)).State, (await engine.GetAsync(jobs[0].Id)).Attempt));
        Assert.Equal(1, await SweepAsync(engine));
        await engine.ProcessNextAsync();
        Assert.Equal(JobState.Succeeded, (await engine.GetAsync(jobs[0].Id)).State);
    }

    [Fact]
    public async Task GiveBack_ClaimNobodyKnowsOfWasToBeCancelled_IsCancelledAndNotRung()
    {
        await using var engine = NewEngine();
        var jobs = await EnqueueAsync(engine, 1);
        var held = await engine.Get<WorkerLease>().GetAsync(Cancel);
        await engine.Store.ClaimAsync(held.Worker, jobs, alone: false, Cancel);
        Assert.Equal(JobState.Running, await engine.Client.CancelAsync(jobs[0].Id, Cancel));
        for (var look = 0; look < 2; look++)
            await engine.Get<ForgottenRuns>().GiveBackAsync(Cancel);
        Assert.Equal(JobState.Cancelled, (await engine.GetAsync(jobs[0].Id)).State);
        Assert.Equal(0, await SweepAsync(engine));
    }

    [Fact]
    public async Task GiveBack_JobThatRuns_IsLeftAlone()
    {
        await using var engine = NewEngine();
        await engine.EnqueueAsync("stage.wait");
        var processing = engine.ProcessNextAsync();
        var job = await stage.StartedAsync();
        for (var look = 0; look < 3; look++)
            await engine.Get<ForgottenRuns>().GiveBackAsync(Cancel);
        Assert.Equal(JobState.Running, (await engine.GetAsync(job.Id)).State);
        stage.Release();
        await processing;
        Assert.Equal(JobState.Succeeded, (await engine.GetAsync(job.Id)).State);
    }

    [Fact]
    public async Task Sweeper_QueueFails_GoesOnAndRingsWhenItIsBack()
    {
        await using var engine = NewEngine(add: s => s.AddSingleton<TimeProvider>(time));
        engine.Queue.IsDown = true;
        var id = await engine.EnqueueAsync("stage.count");
        var sweeper = engine.Services.GetServices<IHostedService>().OfType<Sweeper>().Single();
        await sweeper.StartAsync(Cancel);
        var before = engine.Queue.Refused;
        await AdvanceUntilAsync(() => engine.Queue.Refused >= before + 2);
        engine.Queue.IsDown = false;
        var rung = engine.Queue.ReceiveAsync();
        await AdvanceUntilAsync(() => rung.IsCompleted);
        Assert.Equal(id, Assert.Single(MessageReader.Read(await rung).Jobs).Id);
        await sweeper.StopAsync(Cancel);
    }

    private async Task AdvanceUntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Limits.Signal);
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private static async Task<JobEnvelope[]> EnqueueAsync(Engine engine, int count, EnqueueOptions? options = null)
    {
        var none = JsonSerializer.SerializeToElement(new { });
        var ids = await engine.Client.EnqueueAsync([.. Enumerable.Range(0, count).Select(_ => JobRequest.Of("stage.count", none, options))], Cancel);
        var sent = engine.Queue.Drain().SelectMany(m => MessageReader.Read(m).Jobs).ToArray();
        return sent.Length > 0 ? sent : [.. ids.Select(id => new JobEnvelope { Id = id, Name = "stage.count", Arguments = null })];
    }

    /// <summary>What a process leaves behind that claims jobs and is killed.</summary>
    private static async Task DieWithAsync(Engine engine, JobEnvelope[] jobs, bool alone, Func<Task>? before = null)
    {
        var (worker, connection) = (WorkerId.New(), engine.Get<RedisConnection>());
        await connection.CallAsync(db => db.StringSetAsync(connection.Keys.Lease(worker), "1"), Cancel);
        await connection.CallAsync(db => db.SetAddAsync(connection.Keys.Workers, worker.Value), Cancel);
        // Each claim is a delivery of its own.
        var delivered = jobs.Select(job => job with { Claim = Guid.NewGuid().ToString("N") }).ToArray();
        Assert.All(await engine.Store.ClaimAsync(worker, delivered, alone, Cancel), answer => Assert.IsType<ClaimAnswer.Run>(answer));
        if (before is not null)
            await before();
        await connection.CallAsync(db => db.KeyDeleteAsync(connection.Keys.Lease(worker)), Cancel);
    }

    private static Task RungAtAsync(Engine engine, JobId id, DateTimeOffset at)
    {
        var connection = engine.Get<RedisConnection>();
        return connection.CallAsync(db => db.SortedSetAddAsync(connection.Keys.Queued, id.ToString(), at.ToUnixTimeMilliseconds()), Cancel);
    }

    private static Task<int> SweepAsync(Engine engine) => engine.Get<JobSweep>().SweepAsync(Cancel);

    private static Task<JobRecord[]> RecordsAsync(Engine engine, JobEnvelope[] jobs) => Task.WhenAll(jobs.Select(job => engine.GetAsync(job.Id)));

    private static IEnumerable<JobId> Ids(JobEnvelope[] jobs) => jobs.Select(job => job.Id);

    private Engine NewEngine(Action<LovageOptions>? configure = null, Action<IServiceCollection>? add = null) =>
        new(servers.RedisConnectionString, configure, add + (s => s.AddSingleton(stage)), jobs: typeof(StageJobs));
}
