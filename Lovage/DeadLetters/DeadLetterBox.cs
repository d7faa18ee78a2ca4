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
        var found = new List<JobRecord>();
        await foreach (var job in store.ReadAsync(filter.From, filter.To, cancellation).ConfigureAwait(false))
        {
            if (found.Count >= filter.Limit)
                break;
            if (filter.Matches(job))
                found.Add(job);
        }
        return found;
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
    public async Task<bool> ReplayAsync(JobId id, bool repeatEffects = false, CancellationToken cancellation = default) =>
        await ReplayAsync([id], repeatEffects, cancellation).ConfigureAwait(false) == 1;

    /// <summary>Runs every failed job that matches again.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="repeatEffects">As for one job.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>Their number.</returns>
    /// <exception cref="JobStoreUnavailableException">The store did not answer; some may run again.</exception>
    public async Task<int> ReplayAsync(DeadLetterFilter filter, bool repeatEffects = false, CancellationToken cancellation = default)
    {
        // All are found first: a replayed job leaves the index that is being read.
        var found = await ListAsync(filter, cancellation).ConfigureAwait(false);
        var replayed = 0;
        foreach (var part in found.Chunk(100))
            replayed += await ReplayAsync([.. part.Select(job => job.Id)], repeatEffects, cancellation).ConfigureAwait(false);
        return replayed;
    }

    private async Task<int> ReplayAsync(JobId[] ids, bool repeatEffects, CancellationToken cancellation)
    {
        var states = await Task.WhenAll(ids.Select(id => store.ReplayAsync(id, repeatEffects, cancellation))).ConfigureAwait(false);
        var queued = ids.Zip(states).Where(pair => pair.Second is JobState.Queued).Select(pair => pair.First).ToArray();
        var taken = await sweep.TakeAsync(queued, cancellation).ConfigureAwait(false);
        if (taken.Count > 0)
            await RingAsync([.. taken.Select(t => t.Job)], cancellation).ConfigureAwait(false);
        return queued.Length;
    }

    private async Task RingAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellation)
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

    [LoggerMessage(EventIds.DoorbellNotRung, LogLevel.Warning, "{Count} replayed jobs are queued, but the queue took no message for them; the sweep will send one")]
    private partial void LogNotRung(Exception exception, int count);
}
