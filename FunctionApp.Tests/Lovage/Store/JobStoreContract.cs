using System.Text;
using Lovage;
using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;
using Lovage.Store.Redis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FunctionApp.Tests.Lovage.Store;

/// <summary>What every store does, on every server. The facts are here so that no server can be tested by half of them.</summary>
public abstract class JobStoreContract : IAsyncLifetime
{
    private readonly WorkerId worker = WorkerId.New();
    private RedisConnection connection = null!;
    private RedisJobStore store = null!;
    private RedisSweep sweep = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Where the server is.</summary>
    protected abstract Task<string> ServerAsync();

    public async ValueTask InitializeAsync()
    {
        var options = Options.Create(new LovageOptions { RedisConfiguration = await ServerAsync(), KeyPrefix = $"test-{Guid.NewGuid():N}" });
        connection = new(options);
        store = new(connection, options);
        sweep = new(connection, options);
        await GrantLeaseAsync(worker);
    }

    public ValueTask DisposeAsync()
    {
        connection.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Create_NewJob_IsQueuedAtTheStoresTime()
    {
        var job = Envelope();
        await store.CreateAsync([job], Cancel);
        var record = (await store.GetAsync(job.Id, Cancel))!;
        Assert.Equal((job.Name, JobState.Queued, 1), (record.Name, record.State, record.Attempt));
        Assert.InRange(record.EnqueuedAt, TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow().AddMinutes(1));
        Assert.Equal((null, null, null, null), (record.StartedAt, record.FinishedAt, record.Result, record.Error));
    }

    [Fact]
    public async Task Claim_TheSameJobTwiceInOneCall_IsClaimedOnce()
    {
        var job = Envelope();
        await store.CreateAsync([job], Cancel);
        var answers = await store.ClaimAsync(worker, [job, job with { Claim = "another delivery" }], alone: false, Cancel);
        Assert.IsType<ClaimAnswer.Run>(answers[0]);
        Assert.Equal(worker, Assert.IsType<ClaimAnswer.Held>(answers[1]).Worker);
    }

    [Fact]
    public async Task Settle_ManyAtOnceInEveryWay_EachAsItsOwn()
    {
        var jobs = Enumerable.Range(0, 40).Select(_ => Envelope()).ToArray();
        await store.CreateAsync(jobs, Cancel);
        var claims = (await store.ClaimAsync(worker, jobs, alone: false, Cancel)).Cast<ClaimAnswer.Run>().Select(run => run.Claim).ToArray();
        var error = new InvalidOperationException("no");
        Settlement[] ways =
            [Settlement.Succeeded("1"u8.ToArray()), Settlement.Failed(FailureReason.Rejected, error), Settlement.Retry(TimeSpan.FromMinutes(1), error), Settlement.Released];
        JobState[] states = [JobState.Succeeded, JobState.Failed, JobState.Scheduled, JobState.Queued];
        var stale = claims[0] with { Claim = "not mine" };

        var answers = await Task.WhenAll([.. claims.Select((claim, i) => store.SettleAsync(claim, ways[i % 4], Cancel)), store.SettleAsync(stale, ways[0], Cancel)]);
        Assert.Equal([.. jobs.Select((_, i) => new SettleAnswer(states[i % 4])), default], answers);
        var records = await Task.WhenAll(jobs.Select(job => store.GetAsync(job.Id, Cancel)));
        Assert.Equal(jobs.Select((_, i) => states[i % 4]), records.Select(record => record!.State));
        Assert.Empty(await sweep.HeldAsync(worker, Cancel));
    }

    [Fact]
    public async Task Settle_OneRunTwiceAtOnce_TheFirstCounts()
    {
        var job = Envelope();
        await store.CreateAsync([job], Cancel);
        var claim = Assert.IsType<ClaimAnswer.Run>((await store.ClaimAsync(worker, [job], alone: false, Cancel))[0]).Claim;
        // The first goes by itself, these two together.
        var other = store.SettleAsync(claim with { Claim = "not mine" }, Settlement.Released, Cancel);
        var answers = await Task.WhenAll(store.SettleAsync(claim, Settlement.Succeeded("1"u8.ToArray()), Cancel), store.SettleAsync(claim, Settlement.Released, Cancel));
        Assert.Equal([new(JobState.Succeeded), new(JobState.Succeeded)], answers);
        Assert.Equal(default, await other);
        Assert.Equal(JobState.Succeeded, (await store.GetAsync(job.Id, Cancel))!.State);
    }

    [Fact]
    public async Task Settle_TogetherWithARecordThatIsBroken_TheOthersAreSettled()
    {
        var jobs = Enumerable.Range(0, 10).Select(_ => Envelope()).ToArray();
        await store.CreateAsync(jobs, Cancel);
        var claims = (await store.ClaimAsync(worker, jobs, alone: false, Cancel)).Cast<ClaimAnswer.Run>().Select(run => run.Claim).ToArray();
        await connection.CallAsync(db => db.KeyDeleteAsync(connection.Keys.Job(jobs[4].Id)), Cancel);
        await connection.CallAsync(db => db.StringSetAsync(connection.Keys.Job(jobs[4].Id), "no hash"), Cancel);

        var settling = claims.Select(claim => store.SettleAsync(claim, Settlement.Succeeded(null), Cancel)).ToArray();
        await Assert.ThrowsAsync<JobStoreUnavailableException>(() => settling[4]);
        var answers = await Task.WhenAll([.. settling[..4], .. settling[5..]]);
        Assert.All(answers, answer => Assert.Equal(new(JobState.Succeeded), answer));
    }

    [Fact]
    public async Task Create_Repeated_KeepsEpochAndRecord()
    {
        var job = Envelope();
        var epoch = (await store.CreateAsync([job], Cancel)).Epoch;
        await ClaimAsync(job);
        Assert.Equal(epoch, (await store.CreateAsync([job, Envelope()], Cancel)).Epoch);
        Assert.Equal(JobState.Running, (await store.GetAsync(job.Id, Cancel))!.State);
    }

    [Fact]
    public async Task Create_AfterFlush_HasAnotherEpoch()
    {
        var epoch = (await store.CreateAsync([Envelope()], Cancel)).Epoch;
        await DeleteAsync(connection.Keys.Epoch);
        Assert.NotEqual(epoch, (await store.CreateAsync([Envelope()], Cancel)).Epoch);
    }

    [Fact]
    public async Task Get_UnknownJob_IsNull() => Assert.Null(await store.GetAsync(JobId.New(TimeProvider.System), Cancel));

    [Fact]
    public async Task Claim_QueuedJobs_RunEachOnce()
    {
        var jobs = Enumerable.Range(0, 20).Select(_ => Envelope()).ToArray();
        await store.CreateAsync(jobs, Cancel);
        var answers = await store.ClaimAsync(worker, jobs, false, Cancel);
        var claims = answers.Cast<ClaimAnswer.Run>().Select(a => a.Claim).ToArray();
        Assert.Equal(jobs.Select(j => j.Id), claims.Select(c => c.Job));
        Assert.Equal(jobs.Length, claims.Select(c => c.Claim).Distinct().Count());
        // The same again, its answer lost; then another delivery of the same jobs.
        Assert.All(await store.ClaimAsync(worker, jobs, false, Cancel), a => Assert.IsType<ClaimAnswer.Run>(a));
        var repeated = jobs.Select(job => job with { Claim = "another" }).ToArray();
        Assert.All(await store.ClaimAsync(worker, repeated, false, Cancel), a => Assert.Equal(new ClaimAnswer.Held(worker), a));
    }

    [Fact]
    public async Task Claim_EightWorkersRace_EachJobHasOneOwner()
    {
        var jobs = Enumerable.Range(0, 1_000).Select(_ => Envelope()).ToArray();
        await store.CreateAsync(jobs, Cancel);
        var workers = Enumerable.Range(0, 8).Select(_ => WorkerId.New()).ToArray();
        foreach (var racer in workers)
            await GrantLeaseAsync(racer);
        var answers = await Task.WhenAll(workers.SelectMany(racer => jobs.Chunk(50).Select(chunk => store.ClaimAsync(racer, chunk, false, Cancel))));
        var won = answers.SelectMany(a => a).OfType<ClaimAnswer.Run>().Select(a => a.Claim.Job).ToArray();
        Assert.Equal(jobs.Length, won.Length);
        Assert.Equal(jobs.Length, won.Distinct().Count());
    }

    [Fact]
    public async Task Claim_WithoutLease_ClaimsNothing()
    {
        var job = Envelope();
        await store.CreateAsync([job], Cancel);
        await Assert.ThrowsAsync<WorkerLeaseLostException>(() => store.ClaimAsync(WorkerId.New(), [job], false, Cancel));
        Assert.Equal(JobState.Queued, (await store.GetAsync(job.Id, Cancel))!.State);
    }

    [Fact]
    public async Task Claim_ArgumentsLeftInTheStore_BringsThem()
    {
        var job = Envelope("""{"x":2}""");
        await store.CreateAsync([job], Cancel);
        var answer = Assert.IsType<ClaimAnswer.Run>((await store.ClaimAsync(worker, [job with { Arguments = null }], false, Cancel))[0]);
        Assert.Equal("""{"x":2}""", Encoding.UTF8.GetString(answer.Claim.Arguments!.Value.Span));
    }

    [Fact]
    public async Task Claim_UnknownJob_TellsTheStoresEpoch()
    {
        var epoch = (await store.CreateAsync([Envelope()], Cancel)).Epoch;
        Assert.Equal(new ClaimAnswer.Unknown(epoch), (await store.ClaimAsync(worker, [Envelope()], false, Cancel))[0]);
    }

    [Fact]
    public async Task Settle_Succeeded_KeepsTheResult()
    {
        var claim = await CreateAndClaimAsync();
        Assert.Equal(new(JobState.Succeeded), await store.SettleAsync(claim, Settlement.Succeeded("5"u8.ToArray()), Cancel));
        var record = (await store.GetAsync(claim.Job, Cancel))!;
        Assert.Equal((JobState.Succeeded, "5"), (record.State, Encoding.UTF8.GetString(record.Result!.Value.Span)));
        Assert.True(record.EnqueuedAt <= record.StartedAt && record.StartedAt <= record.FinishedAt);
    }

    [Fact]
    public async Task Settle_Failed_KeepsTheError()
    {
        var claim = await CreateAndClaimAsync();
        await store.SettleAsync(claim, Settlement.Failed(FailureReason.Rejected, new InvalidOperationException("no \"luck\" ü")), Cancel);
        var record = (await store.GetAsync(claim.Job, Cancel))!;
        Assert.Equal((JobState.Failed, FailureReason.Rejected), (record.State, record.Reason!.Value));
        Assert.Equal(new("System.InvalidOperationException", "no \"luck\" ü"), record.Error);
        var attempt = Assert.Single(record.History);
        Assert.Equal((1, record.Error, record.StartedAt, record.FinishedAt), (attempt.Attempt, attempt.Error, attempt.StartedAt, attempt.EndedAt));
    }

    [Fact]
    public async Task Settle_RepeatedAfterLostAnswer_IsTrueAgainAndChangesNothing()
    {
        var claim = await CreateAndClaimAsync();
        Assert.Equal(new(JobState.Succeeded), await store.SettleAsync(claim, Settlement.Succeeded("1"u8.ToArray()), Cancel));
        Assert.Equal(new(JobState.Succeeded), await store.SettleAsync(claim, Settlement.Succeeded("2"u8.ToArray()), Cancel));
        Assert.Equal("1", Encoding.UTF8.GetString((await store.GetAsync(claim.Job, Cancel))!.Result!.Value.Span));
    }

    [Fact]
    public async Task Settle_StaleClaim_IsRefused()
    {
        var stale = await CreateAndClaimAsync();
        await DeleteAsync(connection.Keys.Lease(worker));
        Assert.Equal(JobState.Queued, await sweep.ReclaimAsync(stale.Job, stale.Name, worker, Cancel));
        await GrantLeaseAsync(worker);
        var current = await ClaimAsync(Envelope() with { Id = stale.Job });
        Assert.Equal(default, await store.SettleAsync(stale, Settlement.Succeeded("1"u8.ToArray()), Cancel));
        Assert.Equal(new(JobState.Succeeded), await store.SettleAsync(current, Settlement.Succeeded("2"u8.ToArray()), Cancel));
        Assert.Equal(default, await store.SettleAsync(stale, Settlement.Failed(FailureReason.AttemptsUsed, new TimeoutException()), Cancel));
        Assert.Equal("2", Encoding.UTF8.GetString((await store.GetAsync(stale.Job, Cancel))!.Result!.Value.Span));
    }

    [Fact]
    public async Task Settle_Released_IsQueuedAgainInTheSameAttempt()
    {
        var claim = await CreateAndClaimAsync();
        Assert.Equal(new(JobState.Queued), await store.SettleAsync(claim, Settlement.Released, Cancel));
        Assert.Equal(JobState.Queued, (await store.GetAsync(claim.Job, Cancel))!.State);
        Assert.Equal(1, (await ClaimAsync(Envelope() with { Id = claim.Job })).Attempt);
    }

    [Fact]
    public async Task Reclaim_WorkerAlive_IsRefused()
    {
        var claim = await CreateAndClaimAsync();
        Assert.Null(await sweep.ReclaimAsync(claim.Job, claim.Name, worker, Cancel));
        Assert.Equal(JobState.Running, (await store.GetAsync(claim.Job, Cancel))!.State);
    }

    [Fact]
    public async Task Reclaim_JobHasMovedOn_IsRefused()
    {
        var claim = await CreateAndClaimAsync();
        await store.SettleAsync(claim, Settlement.Succeeded(null), Cancel);
        await DeleteAsync(connection.Keys.Lease(worker));
        Assert.Null(await sweep.ReclaimAsync(claim.Job, claim.Name, worker, Cancel));
        Assert.Equal(JobState.Succeeded, (await store.GetAsync(claim.Job, Cancel))!.State);
    }

    [Fact]
    public async Task Progress_LatestReportWins_AndOnlyTheCurrentRunReports()
    {
        var claim = await CreateAndClaimAsync();
        await store.ReportProgressAsync(claim, new(10, "a"), Cancel);
        await store.ReportProgressAsync(claim, new(20, null), Cancel);
        await store.ReportProgressAsync(claim with { Claim = "stale" }, new(90, "b"), Cancel);
        Assert.Equal(new(20, null), (await store.GetAsync(claim.Job, Cancel))!.Progress);
    }

    [Fact]
    public async Task Scripts_ForgottenByTheServer_AreLoadedAgain()
    {
        await store.CreateAsync([Envelope()], Cancel);
        await connection.CallAsync(db => db.ExecuteAsync("SCRIPT", "FLUSH"), Cancel);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => store.CreateAsync([Envelope()], Cancel)));
    }

    private static JobEnvelope Envelope(string arguments = "{}") =>
        new() { Id = JobId.New(TimeProvider.System), Name = "test.job", Arguments = Encoding.UTF8.GetBytes(arguments) };

    private async Task<JobClaim> CreateAndClaimAsync()
    {
        var job = Envelope();
        await store.CreateAsync([job], Cancel);
        return await ClaimAsync(job);
    }

    private async Task<JobClaim> ClaimAsync(JobEnvelope job) =>
        Assert.IsType<ClaimAnswer.Run>((await store.ClaimAsync(worker, [job], true, Cancel))[0]).Claim;

    private Task GrantLeaseAsync(WorkerId to) => connection.CallAsync(db => db.StringSetAsync(connection.Keys.Lease(to), "1", TimeSpan.FromMinutes(5)), Cancel);

    private Task DeleteAsync(RedisKey key) => connection.CallAsync(db => db.KeyDeleteAsync(key), Cancel);
}
