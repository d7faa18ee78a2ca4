using System.Diagnostics;
using System.Linq.Expressions;
using System.Text.Json;
using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lovage.Client;

/// <summary>Enqueues jobs and asks about them. Thread-safe; one for the app.</summary>
public sealed partial class JobClient
{
    private readonly JobRegistry registry;
    private readonly IJobStore store;
    private readonly IJobQueue queue;
    private readonly LovageOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<JobClient> logger;

    internal JobClient(
        JobRegistry registry, IJobStore store, IJobQueue queue, IOptions<LovageOptions> options, TimeProvider time, ILogger<JobClient> logger)
    {
        (this.registry, this.store, this.queue) = (registry, store, queue);
        (this.options, this.time, this.logger) = (options.Value, time, logger);
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
        var jobs = requests.Select(Check).ToArray();
        if (jobs.Length == 0)
            return [];
        string epoch;
        try
        {
            epoch = await store.CreateAsync(jobs, cancellation).ConfigureAwait(false);
        }
        catch (JobStoreUnavailableException e)
        {
            throw new JobStoreUnavailableException(e.InnerException!) { JobId = jobs[0].Id };
        }
        await RingAsync([.. jobs.Select(job => job with { Epoch = epoch })]).ConfigureAwait(false);
        return [.. jobs.Select(job => job.Id)];
    }

    /// <summary>Reads a job's record, or null if there is none: never enqueued here, or ended and trimmed.</summary>
    /// <exception cref="JobStoreUnavailableException">The store did not answer.</exception>
    public Task<JobRecord?> GetAsync(JobId id, CancellationToken cancellation = default) => store.GetAsync(id, cancellation);

    private JobEnvelope Check(JobRequest request)
    {
        var job = request.Call is null ? registry.Get(request.Name!) : registry.Get(request.Call.Method);
        if (request.Call is null)
            JobArguments.Bind(job, request.Arguments);
        var arguments = request.Call is null ? JobArguments.Encode(request.Arguments) : JobArguments.Encode(job, CallArguments.Evaluate(request.Call));
        if (arguments.Length > options.MaxArgumentBytes)
            throw new ArgumentsTooLargeException(job.Name, arguments.Length, options.MaxArgumentBytes);
        return new()
        {
            Id = JobId.New(time),
            Name = job.Name,
            Arguments = arguments,
            Headers = request.Options.Headers,
            TraceParent = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null,
        };
    }

    // Not the caller's token: the job is recorded, and a doorbell that is not rung costs it a minute.
    private async Task RingAsync(IReadOnlyList<JobEnvelope> jobs)
    {
        try
        {
            await queue.SendAsync(jobs, options.Concurrency, CancellationToken.None).ConfigureAwait(false);
        }
        catch (JobQueueUnavailableException e)
        {
            LogNotRung(e, jobs.Count, jobs[0].Id);
        }
    }

    [LoggerMessage(EventIds.DoorbellNotRung, LogLevel.Error, "{Count} jobs from {FirstId} on are recorded, but the queue took no message for them")]
    private partial void LogNotRung(Exception exception, int count, JobId firstId);
}
