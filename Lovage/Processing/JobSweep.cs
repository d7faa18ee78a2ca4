using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;
using Lovage.Store.Redis;
using Lovage.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lovage.Processing;

/// <summary>Finds jobs that nobody would run: those of dead workers, and those whose message was lost; forgets those that were kept long enough. Call it from a timer function; every process calls it too.</summary>
public sealed partial class JobSweep
{
    private readonly RedisSweep store;
    private readonly RedisTrim trim;
    private readonly IJobQueue queue;
    private readonly JobMetrics metrics;
    private readonly QueueAge age;
    private readonly IOptions<LovageOptions> options;
    private readonly ILogger<JobSweep> logger;

    internal JobSweep(RedisSweep store, RedisTrim trim, IJobQueue queue, JobMetrics metrics, QueueAge age, IOptions<LovageOptions> options, ILogger<JobSweep> logger) =>
        (this.store, this.trim, this.queue, this.metrics, this.age, this.options, this.logger) = (store, trim, queue, metrics, age, options, logger);

    /// <summary>Looks once. Any number of processes may do so at the same time.</summary>
    /// <returns>The number of jobs that were rung.</returns>
    /// <exception cref="JobStoreUnavailableException">The store did not answer.</exception>
    /// <exception cref="JobQueueUnavailableException">Jobs could not be rung; the next sweep tries again.</exception>
    public async Task<int> SweepAsync(CancellationToken cancellation)
    {
        // First: before what is rung again counts as rung now.
        if (age.IsWanted)
            age.Set(await store.QueueAgeAsync(cancellation).ConfigureAwait(false));
        var suspects = new List<JobId>();
        foreach (var worker in await store.FindDeadWorkersAsync(cancellation).ConfigureAwait(false))
        {
            var jobs = await store.ReclaimAsync(worker, cancellation).ConfigureAwait(false);
            foreach (var (id, state) in jobs)
            {
                metrics.TakenBack(state);
                LogTakenBack(id, worker, state);
            }
            var again = jobs.Where(job => job.State is JobState.Queued).Select(job => job.Id).ToArray();
            if (again.Length > 0)
                await store.MarkUnrungAsync(again, cancellation).ConfigureAwait(false);
            suspects.AddRange(again);
        }
        suspects.AddRange(await store.FindSuspectsAsync(cancellation).ConfigureAwait(false));
        var rung = await RingAsync([.. suspects.Distinct()], cancellation).ConfigureAwait(false);
        if (await trim.TrimAsync(cancellation).ConfigureAwait(false) is > 0 and var trimmed)
            LogTrimmed(trimmed);
        return rung;
    }

    private async Task<int> RingAsync(IReadOnlyList<JobId> suspects, CancellationToken cancellation)
    {
        var taken = await store.TakeAsync(suspects, cancellation).ConfigureAwait(false);
        if (taken.Count == 0)
            return 0;
        try
        {
            var together = taken.Where(t => !t.Alone).Select(t => t.Job).ToArray();
            if (together.Length > 0)
                await queue.SendAsync(together, options.Value.Concurrency, TimeSpan.Zero, cancellation).ConfigureAwait(false);
            var alone = taken.Where(t => t.Alone).Select(t => t.Job).ToArray();
            if (alone.Length > 0)
                await queue.SendAsync(alone, 1, TimeSpan.Zero, cancellation).ConfigureAwait(false);
        }
        catch (JobQueueUnavailableException)
        {
            await store.MarkUnrungAsync([.. taken.Select(t => t.Job.Id)], cancellation).ConfigureAwait(false);
            throw;
        }
        foreach (var (job, _) in taken)
        {
            metrics.RungAgain(job.Name);
            LogRungAgain(job.Id, job.Name);
        }
        return taken.Count;
    }

    [LoggerMessage(EventIds.JobTakenBack, LogLevel.Warning, "Job {Id} was taken back from worker {Worker}, which is gone; it is {State} now")]
    private partial void LogTakenBack(JobId id, WorkerId worker, JobState state);

    [LoggerMessage(EventIds.JobsTrimmed, LogLevel.Debug, "{Count} jobs were kept long enough and are forgotten")]
    private partial void LogTrimmed(int count);

    [LoggerMessage(EventIds.JobRungAgain, LogLevel.Information, "Job {Id} ({Name}) was rung again")]
    private partial void LogRungAgain(JobId id, string name);
}
