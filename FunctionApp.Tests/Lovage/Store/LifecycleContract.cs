using System.Globalization;
using System.Text;
using Lovage;
using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;
using Lovage.Store.Redis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FunctionApp.Tests.Lovage.Store;

/// <summary>Every state meets every event, and the scripts do what the table says: allowed ones lead where it says, all others change nothing.</summary>
public abstract class LifecycleContract : IAsyncLifetime
{
    private readonly WorkerId worker = WorkerId.New();
    private RedisConnection connection = null!;
    private RedisJobStore store = null!;
    private RedisSweep sweep = null!;
    private RedisDeadLetters deadLetters = null!;

    public static TheoryData<JobState> States { get; } = [.. Enum.GetValues<JobState>()];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract Task<string> ServerAsync();

    public async ValueTask InitializeAsync()
    {
        var options = Options.Create(new LovageOptions { RedisConfiguration = await ServerAsync(), KeyPrefix = $"test-{Guid.NewGuid():N}", MaxCrashes = 1 });
        connection = new(options);
        store = new(connection, options);
        sweep = new(connection, options);
        deadLetters = new(connection);
    }

    public ValueTask DisposeAsync()
    {
        connection.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task EveryEvent_LeadsWhereTheTableSays(JobState from)
    {
        foreach (var @event in Enum.GetValues<JobEvent>())
        {
            var (job, claim) = await BringAsync(from, @event);
            await HappenAsync(@event, job, claim);
            var expected = JobLifecycle.Next(from, @event) ?? from;
            var actual = (await store.GetAsync(job.Id, Cancel))!.State;
            Assert.True(expected == actual, $"{from} × {@event} led to {actual}, not {expected}.");
            await AssertIndexedAsync(job, actual, @event);
        }
    }

    // By what the scripts do, from the beginning: no state is written by the test.
    private async Task<(JobEnvelope Job, JobClaim Claim)> BringAsync(JobState to, JobEvent then)
    {
        await LeaseAsync();
        var job = new JobEnvelope
        {
            Id = JobId.New(TimeProvider.System),
            Name = "test.job",
            Arguments = Encoding.UTF8.GetBytes("{}"),
            // A scheduled job that is due, so that claiming it or ringing it finds its time come; one that is not has facts of its own.
            Delay = to is JobState.Scheduled ? TimeSpan.FromMilliseconds(1) : null,
            ExpiresAfter = to is JobState.Expired || (then is JobEvent.Expire && to is (JobState.Scheduled or JobState.Queued)) ? TimeSpan.FromMilliseconds(1) : null,
        };
        await store.CreateAsync([job], Cancel);
        await PassAMillisecondAsync();
        var none = new JobClaim(job.Id, job.Name, "none", worker, 1, null);
        switch (to)
        {
            case JobState.Scheduled or JobState.Queued:
                return (job, none);
            case JobState.Cancelled:
                await store.CancelAsync(job.Id, Cancel);
                return (job, none);
            case JobState.Expired:
                await store.ClaimAsync(worker, [job], false, Cancel);
                return (job, none);
        }
        var claim = await ClaimAsync(job);
        if (then is JobEvent.Crash)
        {
            // Once before, so that it runs alone now.
            await DropLeaseAsync();
            await sweep.ReclaimAsync(job.Id, job.Name, worker, Cancel);
            await LeaseAsync();
            claim = await ClaimAsync(job);
        }
        if (to is JobState.Succeeded)
            await store.SettleAsync(claim, Settlement.Succeeded(null), Cancel);
        if (to is JobState.Failed)
            await store.SettleAsync(claim, Settlement.Failed(FailureReason.Rejected, new InvalidOperationException()), Cancel);
        return (job, claim);
    }

    private async Task HappenAsync(JobEvent @event, JobEnvelope job, JobClaim claim)
    {
        var error = new InvalidOperationException();
        switch (@event)
        {
            case JobEvent.Claim or JobEvent.Expire:
                await store.ClaimAsync(worker, [job], true, Cancel);
                break;
            case JobEvent.Due:
                await sweep.TakeAsync([job.Id], Cancel);
                break;
            case JobEvent.Succeed:
                await store.SettleAsync(claim, Settlement.Succeeded(null), Cancel);
                break;
            case JobEvent.Fail:
                await store.SettleAsync(claim, Settlement.Failed(FailureReason.AttemptsUsed, error), Cancel);
                break;
            case JobEvent.Retry:
                await store.SettleAsync(claim, Settlement.Retry(TimeSpan.FromMinutes(1), error), Cancel);
                break;
            case JobEvent.RetryAtOnce:
                await store.SettleAsync(claim, Settlement.Retry(TimeSpan.Zero, error), Cancel);
                break;
            case JobEvent.Release:
                await store.SettleAsync(claim, Settlement.Released, Cancel);
                break;
            case JobEvent.Stop:
                await store.SettleAsync(claim, Settlement.Cancelled, Cancel);
                break;
            case JobEvent.Reclaim or JobEvent.Crash:
                await DropLeaseAsync();
                await sweep.ReclaimAsync(job.Id, job.Name, worker, Cancel);
                break;
            case JobEvent.Cancel:
                await store.CancelAsync(job.Id, Cancel);
                break;
            case JobEvent.Replay:
                await deadLetters.ReplayAsync(job.Id, null, false, Cancel);
                break;
        }
    }

    // Each state has an index, and a job is in its own and in no other.
    private async Task AssertIndexedAsync(JobEnvelope job, JobState state, JobEvent @event)
    {
        var keys = connection.Keys;
        var indexes = new[]
        {
            (keys.Queued, JobState.Queued), (keys.Scheduled, JobState.Scheduled), (keys.Running, JobState.Running), (keys.Succeeded, JobState.Succeeded),
            (keys.Failed, JobState.Failed), (keys.Cancelled, JobState.Cancelled), (keys.Expired, JobState.Expired),
        };
        Assert.Equal(Enum.GetValues<JobState>().Length, indexes.Length);
        foreach (var (index, of) in indexes)
            Assert.True(await IsInAsync(index) == (state == of), $"After {@event} a job that is {state} is wrongly in or out of the index of those that are {of}.");
        Assert.Equal(state.IsFinal() && state is not JobState.Failed, await IsInAsync(keys.Finished(job.Name)));

        async Task<bool> IsInAsync(RedisKey index) => await connection.CallAsync(db => db.SortedSetScoreAsync(index, job.Id.ToString()), Cancel) is not null;
    }

    private async Task<JobClaim> ClaimAsync(JobEnvelope job) => Assert.IsType<ClaimAnswer.Run>((await store.ClaimAsync(worker, [job], true, Cancel))[0]).Claim;

    private Task LeaseAsync() => connection.CallAsync(db => db.StringSetAsync(connection.Keys.Lease(worker), "1", TimeSpan.FromMinutes(5)), Cancel);

    private Task DropLeaseAsync() => connection.CallAsync(db => db.KeyDeleteAsync(connection.Keys.Lease(worker)), Cancel);

    // By the store's own clock: what was to come in a millisecond has come.
    private async Task PassAMillisecondAsync()
    {
        var began = await TimeAsync();
        while (await TimeAsync() < began + 2)
        {
        }
    }

    private async Task<long> TimeAsync()
    {
        var parts = (string[])(await connection.CallAsync(db => db.ExecuteAsync("TIME"), Cancel))!;
        return long.Parse(parts[0], CultureInfo.InvariantCulture) * 1_000 + long.Parse(parts[1], CultureInfo.InvariantCulture) / 1_000;
    }
}
