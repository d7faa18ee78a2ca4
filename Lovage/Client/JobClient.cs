using System.Linq.Expressions;
using System.Text.Json;
using Lovage.Jobs;
using Lovage.Processing;
using Lovage.Queue;
using Lovage.Store;
using Lovage.Store.Redis;
using Lovage.Telemetry;
using Lovage.Watch;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lovage.Client;

/// <summary>Enqueues jobs and asks about them. Thread-safe; one for the app.</summary>
public sealed partial class JobClient
{
    // Their messages are nearly full, also when hundreds of short jobs share one.
    private const int MostBeforeRinging = 2_000;

    private readonly JobAdmission admission;
    private readonly IJobStore store;
    private readonly IJobQueue queue;
    private readonly RedisSweep sweep;
    private readonly RunningJobs running;
    private readonly JobWatch watch;
    private readonly JobTraces traces;
    private readonly JobMetrics metrics;
    private readonly LovageOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<JobClient> logger;

    internal JobClient(
        JobAdmission admission, IJobStore store, IJobQueue queue, RedisSweep sweep, RunningJobs running, JobWatch watch, JobTraces traces, JobMetrics metrics,
        IOptions<LovageOptions> options, TimeProvider time, ILogger<JobClient> logger)
    {
        (this.admission, this.store, this.queue, this.sweep, this.running, this.watch) = (admission, store, queue, sweep, running, watch);
        (this.traces, this.metrics, this.options, this.time, this.logger) = (traces, metrics, options.Value, time, logger);
    }

    /// <summary>Enqueues a job by name. When this returns the job is recorded and will run, even if the queue is down now.</summary>
    /// <param name="name">A registered job's name.</param>
    /// <param name="arguments">An object of arguments by name.</param>
    /// <param name="enqueue">What else to say of it.</param>
    /// <param name="cancellation">Gives up waiting; the job may have been recorded by then.</param>
    /// <returns>The job's id.</returns>
    /// <exception cref="UnknownJobException">No such job.</exception>
    /// <exception cref="InvalidArgumentsException">The arguments do not fit its signature.</exception>
    /// <exception cref="ArgumentsTooLargeException">They are too large.</exception>
    /// <exception cref="IdempotencyConflictException">Its idempotency key was used for something else.</exception>
    /// <exception cref="JobStoreUnavailableException">The job may or may not have been recorded; its <see cref="JobStoreUnavailableException.JobId"/> can be asked about.</exception>
    public async Task<JobId> EnqueueAsync(string name, JsonElement arguments, EnqueueOptions? enqueue = null, CancellationToken cancellation = default) =>
        (await EnqueueAsync([JobRequest.Of(name, arguments, enqueue)], cancellation).ConfigureAwait(false))[0];

    /// <summary>Enqueues a job as a call that the compiler checks: <c>await jobs.EnqueueAsync&lt;MathJobs&gt;(j => j.Add(2, 3))</c>.</summary>
    /// <inheritdoc cref="EnqueueAsync(string, JsonElement, EnqueueOptions?, CancellationToken)"/>
    /// <typeparam name="TJobs">The class with the job's method.</typeparam>
    /// <param name="call">A call of one method with a <see cref="JobAttribute"/>.</param>
    /// <param name="enqueue">What else to say of it.</param>
    /// <param name="cancellation">Gives up waiting; the job may have been recorded by then.</param>
    public async Task<JobId> EnqueueAsync<TJobs>(
        Expression<Func<TJobs, object?>> call, EnqueueOptions? enqueue = null, CancellationToken cancellation = default) =>
        (await EnqueueAsync([JobRequest.Of(call, enqueue)], cancellation).ConfigureAwait(false))[0];

    /// <inheritdoc cref="EnqueueAsync{TJobs}(Expression{Func{TJobs, object}}, EnqueueOptions?, CancellationToken)"/>
    public async Task<JobId> EnqueueAsync<TJobs>(Expression<Action<TJobs>> call, EnqueueOptions? enqueue = null, CancellationToken cancellation = default) =>
        (await EnqueueAsync([JobRequest.Of(call, enqueue)], cancellation).ConfigureAwait(false))[0];

    /// <summary>Enqueues many jobs in few round trips. All are checked first: if one is refused, none is recorded.</summary>
    /// <inheritdoc cref="EnqueueAsync(string, JsonElement, EnqueueOptions?, CancellationToken)"/>
    /// <param name="requests">The jobs.</param>
    /// <param name="cancellation">Gives up waiting; some jobs may have been recorded by then.</param>
    /// <returns>Their ids, in order.</returns>
    public async Task<IReadOnlyList<JobId>> EnqueueAsync(IReadOnlyCollection<JobRequest> requests, CancellationToken cancellation = default)
    {
        var jobs = admission.Admit(requests);
        if (jobs.Length == 0)
            return [];
        if (await RecordAsync(jobs, cancellation).ConfigureAwait(false) is [var other, ..])
            throw Conflict(other);
        return [.. jobs.Select(job => job.Id)];
    }

    /// <summary>Reads a job's record, or null if there is none: never enqueued here, or ended and trimmed.</summary>
    /// <exception cref="JobStoreUnavailableException">The store did not answer.</exception>
    public Task<JobRecord?> GetAsync(JobId id, CancellationToken cancellation = default) => store.GetAsync(id, cancellation);

    /// <summary>Waits for a job's end. The store says when that is; nobody asks again and again.</summary>
    /// <param name="id">The job.</param>
    /// <param name="atMost">Then the job is given as it is.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The job, ended or not; null if there is none.</returns>
    /// <exception cref="JobStoreUnavailableException">The store did not answer.</exception>
    public Task<JobRecord?> WaitAsync(JobId id, TimeSpan atMost, CancellationToken cancellation = default) => watch.ForEndAsync(id, atMost, cancellation);

    /// <summary>
    /// The job as it is now and after each change, until it has ended; nothing if there is none. Changes that follow closely come as one: what has
    /// happened in between is in <see cref="JobRecord.Changes"/>. However many watch the same job in a process, it is read once for all of them.
    /// </summary>
    /// <param name="id">The job.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="JobStoreUnavailableException">The store did not answer.</exception>
    public IAsyncEnumerable<JobRecord> WatchAsync(JobId id, CancellationToken cancellation = default) => watch.ForAsync(id, cancellation);

    /// <summary>Cancels a job: at once if it has not begun; if it runs, its token is cancelled and it ends as it will.</summary>
    /// <returns>The state that it has now: <see cref="JobState.Cancelled"/>, <see cref="JobState.Running"/> if it was asked to stop, or the final state that it
    /// had already; null if there is no such job.</returns>
    /// <exception cref="JobStoreUnavailableException">The store did not answer.</exception>
    public async Task<JobState?> CancelAsync(JobId id, CancellationToken cancellation = default)
    {
        var state = await store.CancelAsync(id, cancellation).ConfigureAwait(false);
        // Another process hears of it when it next renews its lease.
        if (state is JobState.Running)
            running.Cancel(id);
        return state;
    }

    // Those that were recorded before get the id that they have since. Returned are those whose key was used for something else: if any, none is recorded.
    private async Task<EarlierJob[]> RecordAsync(JobEnvelope[] jobs, CancellationToken cancellation)
    {
        using var send = JobSend.Begin(traces, metrics, jobs);
        IReadOnlyList<EarlierJob> earlier = [];
        var ringing = Task.CompletedTask;
        try
        {
            foreach (var part in Parts(jobs))
            {
                var created = await store.CreateAsync(part, cancellation).ConfigureAwait(false);
                EarlierJob[] others = [.. created.Earlier.Where(job => job.IsOther)];
                if (others.Length > 0)
                {
                    send.Failed(Conflict(others[0]));
                    return others;
                }
                // Rung once more: who recorded it may have died before it rang. Only jobs with keys have one, and they are one part.
                earlier = created.Earlier;
                foreach (var (position, first, _) in earlier)
                    jobs[position] = part[position] with { Id = first };
                await ringing.ConfigureAwait(false);
                ringing = RingAsync(part.Select(job => Recorded(job, created)), created.Now);
            }
        }
        catch (JobStoreUnavailableException e)
        {
            send.Failed(e);
            throw new JobStoreUnavailableException(e.InnerException!) { JobId = jobs[0].Id, JobIds = [.. jobs.Select(job => job.Id)] };
        }
        finally
        {
            await ringing.ConfigureAwait(false);
        }
        send.Recorded(jobs, earlier);
        return [];
    }

    // Without a key no job is refused: while some are rung the next are recorded. Jobs with keys are recorded all or none.
    private static IEnumerable<JobEnvelope[]> Parts(JobEnvelope[] jobs) =>
        jobs.Any(job => job.Idempotency is not null) ? [jobs] : jobs.Chunk(MostBeforeRinging);

    private static IdempotencyConflictException Conflict(EarlierJob job) => new(job.First) { Index = job.Position };

    private static JobEnvelope Recorded(JobEnvelope job, CreatedJobs created) => job with
    {
        Epoch = created.Epoch,
        NotBefore = job.Delay is { } delay ? created.Now + delay : job.NotBefore,
        Expires = job.ExpiresAfter is { } after ? created.Now + after : job.Expires,
    };

    // Not the caller's token: the jobs are recorded, and whatever happens to their message, they will run.
    private async Task RingAsync(IEnumerable<JobEnvelope> jobs, DateTimeOffset now)
    {
        JobQueueUnavailableException? down = null;
        var unrung = new List<JobEnvelope>();
        // Jobs that are due at different times travel apart.
        JobEnvelope[][] groups = [.. jobs.GroupBy(job => job.NotBefore).Select(group => group.ToArray())];
        // Whoever sends one thing begins at once, on its own thread.
        if (groups.Length == 1 || queue.ParallelSends == 1)
        {
            foreach (var group in groups)
                await SendAsync(group).ConfigureAwait(false);
        }
        else
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = queue.ParallelSends };
            await Parallel.ForEachAsync(groups, parallel, async (group, _) => await SendAsync(group).ConfigureAwait(false)).ConfigureAwait(false);
        }
        if (down is null)
            return;
        LogNotRung(down, unrung.Count, unrung[0].Id);
        await MarkUnrungAsync(unrung).ConfigureAwait(false);

        async Task SendAsync(JobEnvelope[] group)
        {
            try
            {
                // A queue that has just failed is not tried for each of a thousand times.
                if (down is null)
                {
                    await queue.SendAsync(group, options.Concurrency, group[0].NotBefore - now ?? TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
                    return;
                }
            }
            catch (JobQueueUnavailableException e)
            {
                down = e;
            }
            lock (unrung)
                unrung.AddRange(group);
        }
    }

    private async Task MarkUnrungAsync(IReadOnlyList<JobEnvelope> jobs)
    {
        try
        {
            await sweep.MarkUnrungAsync([.. jobs.Select(job => job.Id)], CancellationToken.None).ConfigureAwait(false);
        }
        catch (JobStoreUnavailableException)
        {
            // Then the sweep finds them later, when they have waited for UnclaimedAfter.
        }
    }

    [LoggerMessage(EventIds.DoorbellNotRung, LogLevel.Warning, "{Count} jobs from {FirstId} on are recorded, but the queue took no message for them; the sweep will send one")]
    private partial void LogNotRung(Exception exception, int count, JobId firstId);
}
