using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;
using Lovage.Store.Redis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lovage.DeadLetters;

/// <summary>The jobs that have failed: to look at, and to run again.</summary>
public sealed partial class DeadLetterBox
{
    // A script holds up everybody else on the server for some microseconds: so many in a row are a few milliseconds.
    private const int Together = 100;

    private readonly RedisDeadLetters store;
    private readonly RedisSweep sweep;
    private readonly IJobQueue queue;
    private readonly IOptions<LovageOptions> options;
    private readonly ILogger<DeadLetterBox> logger;

    internal DeadLetterBox(RedisDeadLetters store, RedisSweep sweep, IJobQueue queue, IOptions<LovageOptions> options, ILogger<DeadLetterBox> logger) =>
        (this.store, this.sweep, this.queue, this.options, this.logger) = (store, sweep, queue, options, logger);

    /// <summary>The dead letters that match, newest first.</summary>
    /// <exception cref="JobStoreUnavailableException">The store did not answer.</exception>
    public async Task<IReadOnlyList<JobRecord>> ListAsync(DeadLetterFilter filter, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var found = new List<JobId>();
        await foreach (var job in store.FindAsync(filter.From, filter.To, cancellation).Take(filter.MaxExamined).ConfigureAwait(false))
        {
            if (found.Count >= filter.Limit)
                break;
            if (filter.Matches(job))
                found.Add(job.Id);
        }
        var records = new List<JobRecord>();
        foreach (var part in found.Chunk(Together))
            records.AddRange((await Task.WhenAll(part.Select(id => store.ReadAsync(id, cancellation))).ConfigureAwait(false)).OfType<JobRecord>());
        return records;
    }

    /// <summary>What came: a job's arguments as JSON, or the text of a message that could not be read; null if there is no such job.</summary>
    /// <exception cref="JobStoreUnavailableException">The store did not answer.</exception>
    public Task<string?> ReadTextAsync(JobId id, CancellationToken cancellation = default) => store.ReadTextAsync(id, cancellation);

    /// <summary>Runs a failed job again, from its first attempt, with its history kept.</summary>
    /// <param name="id">The job.</param>
    /// <param name="repeatEffects">True makes effects again of which nobody knows whether they were made (<see cref="FailureReason.EffectUnknown"/>): they may have happened.
    /// Effects that are known to have been made are never repeated.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>False if it is no failed job, or a message that cannot be read.</returns>
    /// <exception cref="JobStoreUnavailableException">The store did not answer.</exception>
    public async Task<bool> ReplayAsync(JobId id, bool repeatEffects = false, CancellationToken cancellation = default)
    {
        var isReplayed = await store.ReplayAsync(id, null, repeatEffects, cancellation).ConfigureAwait(false);
        if (isReplayed)
            await RingAsync([id], cancellation).ConfigureAwait(false);
        return isReplayed;
    }

    /// <summary>Runs every failed job that matches again. Two who ask at the same time replay each job once.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="repeatEffects">As for one job.</param>
    /// <param name="dryRun">True only tells which would be replayed.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>What was found and what became of it, also when the store failed in the middle.</returns>
    /// <exception cref="JobStoreUnavailableException">The store did not answer while jobs were looked for; none was replayed.</exception>
    public async Task<DeadLetterReplay> ReplayAsync(DeadLetterFilter filter, bool repeatEffects = false, bool dryRun = false, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        // All are found first: what is replayed leaves the index that is being read, and may fail again.
        var (found, unreadable, next) = await FindAsync(filter, cancellation).ConfigureAwait(false);
        var replayed = new List<JobId>();
        JobStoreUnavailableException? error = null;
        foreach (var part in dryRun ? [] : found.Chunk(Together))
        {
            var outcomes = await Task.WhenAll(part.Select(job => TryReplayAsync(job, repeatEffects, cancellation))).ConfigureAwait(false);
            JobId[] queued = [.. part.Zip(outcomes).Where(pair => pair.Second.IsReplayed).Select(pair => pair.First.Id)];
            replayed.AddRange(queued);
            await RingAsync(queued, cancellation).ConfigureAwait(false);
            error = outcomes.Select(outcome => outcome.Error).FirstOrDefault(e => e is not null);
            if (error is not null)
                break;
        }
        return new() { Matched = [.. found.Select(job => job.Id)], Replayed = replayed, Unreadable = unreadable, Next = next, Error = error };
    }

    private async Task<(List<FailedJob> Jobs, int Unreadable, DateTimeOffset? Next)> FindAsync(DeadLetterFilter filter, CancellationToken cancellation)
    {
        var (jobs, unreadable, examined) = (new List<FailedJob>(), 0, 0);
        await foreach (var job in store.FindAsync(filter.From, filter.To, cancellation).ConfigureAwait(false))
        {
            var isJob = job.Reason is not FailureReason.Unreadable;
            var matches = filter.Matches(job);
            if (examined++ == filter.MaxExamined || (matches && isJob && jobs.Count == filter.Limit))
                return (jobs, unreadable, job.FailedAt);
            if (matches && isJob)
                jobs.Add(job);
            else if (matches)
                unreadable++;
        }
        return (jobs, unreadable, null);
    }

    private async Task<(bool IsReplayed, JobStoreUnavailableException? Error)> TryReplayAsync(FailedJob job, bool repeatEffects, CancellationToken cancellation)
    {
        try
        {
            return (await store.ReplayAsync(job.Id, job.FailedAt, repeatEffects, cancellation).ConfigureAwait(false), null);
        }
        catch (JobStoreUnavailableException e)
        {
            return (false, e);
        }
    }

    // What is replayed is replayed, whether it can be rung now or by the next sweep.
    private async Task RingAsync(JobId[] ids, CancellationToken cancellation)
    {
        try
        {
            var taken = await sweep.TakeAsync(ids, cancellation).ConfigureAwait(false);
            if (taken.Count > 0)
                await SendAsync([.. taken.Select(t => t.Job)], cancellation).ConfigureAwait(false);
        }
        catch (JobStoreUnavailableException e)
        {
            LogNotRung(e, ids.Length);
        }
    }

    private async Task SendAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellation)
    {
        try
        {
            await queue.SendAsync(jobs, options.Value.Concurrency, TimeSpan.Zero, cancellation).ConfigureAwait(false);
        }
        catch (JobQueueUnavailableException e)
        {
            LogNotRung(e, jobs.Count);
            await sweep.MarkUnrungAsync([.. jobs.Select(job => job.Id)], cancellation).ConfigureAwait(false);
        }
    }

    [LoggerMessage(EventIds.DoorbellNotRung, LogLevel.Warning, "{Count} replayed jobs are queued, but no message was sent for them; the sweep will send one")]
    private partial void LogNotRung(Exception exception, int count);
}
