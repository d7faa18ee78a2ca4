using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lovage.Processing;

/// <summary>Runs the jobs that a queue message names. Call it from the queue-triggered function.</summary>
public sealed partial class JobProcessor
{
    private readonly IJobStore store;
    private readonly IJobQueue queue;
    private readonly JobGate gate;
    private readonly JobClaimer claimer;
    private readonly JobRunner runner;
    private readonly IOptions<LovageOptions> options;
    private readonly TimeProvider time;
    private readonly ILogger<JobProcessor> logger;

    internal JobProcessor(
        IJobStore store, IJobQueue queue, JobGate gate, JobClaimer claimer, JobRunner runner,
        IOptions<LovageOptions> options, TimeProvider time, ILogger<JobProcessor> logger)
    {
        (this.store, this.queue, this.gate, this.claimer, this.runner) = (store, queue, gate, claimer, runner);
        (this.options, this.time, this.logger) = (options, time, logger);
    }

    /// <summary>
    /// Runs every job of the message that nobody else has run, as slots become free, and returns when they have ended. What has
    /// not begun within <see cref="LovageOptions.HandBackAfter"/>, or when <paramref name="cancellation"/> fires, goes back to the queue as a new message.
    /// </summary>
    /// <param name="message">The text of the queue message.</param>
    /// <param name="cancellation">The function's token: running jobs are cancelled with it.</param>
    /// <exception cref="MessageFormatException">The text is no message; the host's poison queue is the place for it.</exception>
    /// <exception cref="JobQueueUnavailableException">Jobs could not go back to the queue; the message must be delivered again.</exception>
    /// <exception cref="JobStoreUnavailableException">A run's end could not be recorded before the process had to stop; the job runs again.</exception>
    public async Task ProcessAsync(string message, CancellationToken cancellation)
    {
        var waiting = new Queue<JobEnvelope>(MessageReader.Read(message));
        var running = new List<Task<JobEnvelope?>>(waiting.Count);
        using var handBack = new CancellationTokenSource(options.Value.HandBackAfter, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, handBack.Token);
        try
        {
            await StartAsync(waiting, running, stop.Token, cancellation).ConfigureAwait(false);
            // Before the running ones have ended: other workers may have room now.
            await RingAgainAsync([.. waiting]).ConfigureAwait(false);
        }
        finally
        {
            var ended = await Task.WhenAll(running).ConfigureAwait(false);
            await RingAgainAsync([.. ended.OfType<JobEnvelope>()]).ConfigureAwait(false);
        }
    }

    private async Task StartAsync(Queue<JobEnvelope> waiting, List<Task<JobEnvelope?>> running, CancellationToken stop, CancellationToken cancellation)
    {
        var backOff = new BackOff(time);
        try
        {
            while (waiting.Count > 0)
            {
                if (!await StartSomeAsync(waiting, running, stop, cancellation).ConfigureAwait(false))
                    await backOff.WaitAsync(stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            LogHandedBack(waiting.Count);
        }
    }

    /// <returns>False if the store did not answer.</returns>
    private async Task<bool> StartSomeAsync(Queue<JobEnvelope> waiting, List<Task<JobEnvelope?>> running, CancellationToken stop, CancellationToken cancellation)
    {
        var slots = await gate.EnterAsync(waiting.Count, stop).ConfigureAwait(false);
        var used = 0;
        try
        {
            var batch = waiting.Take(slots).ToArray();
            // Not the stop token: a claim that was made must be run or released, never forgotten.
            var claimed = await claimer.ClaimAsync(batch, CancellationToken.None).ConfigureAwait(false);
            foreach (var _ in batch)
                waiting.Dequeue();
            used = claimed.Count;
            running.AddRange(claimed.Select(job => RunAsync(job, cancellation)));
            return true;
        }
        catch (JobStoreUnavailableException e)
        {
            LogStoreUnavailable(e.Message);
            return false;
        }
        finally
        {
            if (slots > used)
                gate.Exit(slots - used);
        }
    }

    /// <returns>The envelope, if the job was released and must be rung again.</returns>
    private async Task<JobEnvelope?> RunAsync(ClaimedJob job, CancellationToken cancellation)
    {
        Settlement settlement;
        try
        {
            settlement = await Task.Run(() => runner.RunAsync(job, cancellation), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            gate.Exit();
        }
        return await SettleAsync(job, settlement, cancellation).ConfigureAwait(false) && settlement.State == JobState.Queued ? job.Envelope : null;
    }

    private async Task<bool> SettleAsync(ClaimedJob job, Settlement settlement, CancellationToken cancellation)
    {
        var backOff = new BackOff(time);
        while (true)
        {
            try
            {
                var settled = await store.SettleAsync(job.Claim, settlement, CancellationToken.None).ConfigureAwait(false);
                if (!settled)
                    LogStale(job.Envelope.Id, job.Envelope.Name, settlement.State);
                return settled;
            }
            catch (JobStoreUnavailableException e) when (!cancellation.IsCancellationRequested)
            {
                // The work is done: keep its outcome for as long as this process may live, or it is done again.
                LogStoreUnavailable(e.Message);
                await backOff.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private Task RingAgainAsync(IReadOnlyList<JobEnvelope> jobs) =>
        jobs.Count == 0 ? Task.CompletedTask : queue.SendAsync(jobs, options.Value.Concurrency, CancellationToken.None);

    [LoggerMessage(EventIds.HandedBack, LogLevel.Information, "{Count} jobs of a message found no free slot in time and go back to the queue")]
    private partial void LogHandedBack(int count);

    [LoggerMessage(EventIds.StaleSettlement, LogLevel.Warning, "Job {Id} ({Name}) ended here as {State}, but its claim is no longer valid; another run of it counts")]
    private partial void LogStale(JobId id, string name, JobState state);

    [LoggerMessage(EventIds.StoreUnavailable, LogLevel.Warning, "{Error} Trying again.")]
    private partial void LogStoreUnavailable(string error);
}
