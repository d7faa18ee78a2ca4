using Lovage.Queue;
using Lovage.Store;
using Lovage.Store.Redis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lovage.Processing;

/// <summary>Runs the jobs that a queue message names. Call it from the queue-triggered function.</summary>
public sealed partial class JobProcessor
{
    // Long against a round trip, short against what people notice: so long a claimed job may wait for its slot while another worker has one free.
    private static readonly TimeSpan ClaimedAhead = TimeSpan.FromMilliseconds(20);

    private const int MostForOneSlot = 32;

    private readonly IJobQueue queue;
    private readonly JobGate gate;
    private readonly JobClaimer claimer;
    private readonly JobRunner runner;
    private readonly JobSettler settler;
    private readonly Undertaker undertaker;
    private readonly UnknownJobs unknown;
    private readonly ExpectedDurations durations;
    private readonly IOptions<LovageOptions> options;
    private readonly TimeProvider time;
    private readonly ILogger<JobProcessor> logger;

    internal JobProcessor(
        IJobQueue queue, JobGate gate, JobClaimer claimer, JobRunner runner, JobSettler settler, Undertaker undertaker, UnknownJobs unknown,
        ExpectedDurations durations, IOptions<LovageOptions> options, TimeProvider time, ILogger<JobProcessor> logger)
    {
        (this.queue, this.gate, this.claimer, this.runner, this.settler) = (queue, gate, claimer, runner, settler);
        (this.undertaker, this.unknown, this.durations, this.options, this.time, this.logger) = (undertaker, unknown, durations, options, time, logger);
    }

    /// <summary>
    /// Runs every job of the message that nobody else has run, as slots become free, and returns when they have ended. What has
    /// not begun within <see cref="LovageOptions.HandBackAfter"/>, or when <paramref name="shutdown"/> fires, goes back to the queue as a new message.
    /// So does, for <see cref="LovageOptions.KeepUnknownJobs"/>, a job whose name this app does not know. What cannot be read becomes a dead letter.
    /// </summary>
    /// <param name="message">The text of the queue message.</param>
    /// <param name="shutdown">The function's token: running jobs are cancelled with it and run again elsewhere.</param>
    /// <exception cref="JobQueueUnavailableException">Jobs could not go back to the queue; the message must be delivered again.</exception>
    /// <exception cref="JobStoreUnavailableException">A run's end, or a dead letter, could not be recorded; the message must be delivered again.</exception>
    public async Task ProcessAsync(string message, CancellationToken shutdown)
    {
        var visit = unknown.Sort(await undertaker.ReadAsync(message, shutdown).ConfigureAwait(false));
        using var handBack = new CancellationTokenSource(options.Value.HandBackAfter, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(shutdown, handBack.Token);
        try
        {
            await StartAsync(visit, stop.Token, shutdown).ConfigureAwait(false);
            // Before the running ones have ended: other workers may have room now.
            await RingAgainAsync([.. visit.Waiting], options.Value.Concurrency, TimeSpan.Zero).ConfigureAwait(false);
            foreach (var (job, delay) in visit.Later)
                await RingAgainAsync([job], 1, delay).ConfigureAwait(false);
        }
        finally
        {
            await EndAsync(visit, stop.Token).ConfigureAwait(false);
        }
        foreach (var job in visit.Alone)
            await RunAloneAsync(job, stop.Token, shutdown).ConfigureAwait(false);
    }

    /// <summary>
    /// Takes a message that the host has given up: each job in it that can be read is sent again by itself, so that nobody is buried
    /// for a neighbour. What cannot be read becomes a dead letter. Call it from a function on the queue's poison queue.
    /// </summary>
    /// <param name="message">The text of the queue message.</param>
    /// <param name="cancellation">The function's token.</param>
    /// <exception cref="JobQueueUnavailableException">Jobs could not be sent; the message must be delivered again.</exception>
    /// <exception cref="JobStoreUnavailableException">A dead letter could not be recorded; the message must be delivered again.</exception>
    public async Task RescueAsync(string message, CancellationToken cancellation)
    {
        var jobs = await undertaker.ReadAsync(message, cancellation).ConfigureAwait(false);
        LogRescued(jobs.Count);
        await RingAgainAsync(jobs, 1, TimeSpan.Zero).ConfigureAwait(false);
    }

    private async Task StartAsync(MessageVisit visit, CancellationToken stop, CancellationToken shutdown)
    {
        var backOff = new BackOff(time);
        try
        {
            while (visit.Waiting.Count > 0)
            {
                if (!await StartSomeAsync(visit, stop, shutdown).ConfigureAwait(false))
                    await backOff.WaitAsync(stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            LogHandedBack(visit.Waiting.Count);
        }
    }

    /// <returns>False if the store did not answer.</returns>
    private async Task<bool> StartSomeAsync(MessageVisit visit, CancellationToken stop, CancellationToken shutdown)
    {
        var slots = await gate.EnterAsync(visit.Waiting.Count, stop).ConfigureAwait(false);
        var used = 0;
        try
        {
            // Not the stop token: a claim that was made must be run or released, never forgotten.
            var next = visit.Next(CountFor(slots, visit.Waiting));
            var outcome = await claimer.ClaimAsync(next, alone: false, CancellationToken.None).ConfigureAwait(false);
            visit.Take(next.Length, outcome);
            used = Math.Min(slots, outcome.Claimed.Count);
            if (used > 0)
                visit.Running.Add(new(outcome.Claimed, used, runner, settler, gate, shutdown));
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

    // One for each slot. Of jobs that are known to be short so many more that a slot finds its next one without a round trip to the store.
    private int CountFor(int slots, IEnumerable<JobEnvelope> waiting)
    {
        var (count, left) = (0, slots * ClaimedAhead.TotalSeconds);
        foreach (var job in waiting)
        {
            if (count >= slots && (count >= slots * MostForOneSlot || count >= RedisScripts.MostJobs || durations.Of(job.Name) is not { } seconds || (left -= seconds) < 0))
                break;
            count++;
        }
        return count;
    }

    // What was claimed and has not begun when it is time to stop goes back as well.
    private static async Task EndAsync(MessageVisit visit, CancellationToken stop)
    {
        var ended = Task.WhenAll(visit.Running.Select(batch => batch.Ended));
        await ended.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // Both are waited for: what cannot be given back must not leave bodies behind that nobody waits for.
        await Task.WhenAll(visit.Running.Select(batch => batch.ReleaseAsync()).Append(ended)).ConfigureAwait(false);
    }

    // A job that may kill its process takes nobody with it.
    private async Task RunAloneAsync(JobEnvelope job, CancellationToken stop, CancellationToken shutdown)
    {
        try
        {
            await gate.EnterAloneAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            LogHandedBack(1);
            await RingAgainAsync([job], 1, TimeSpan.Zero).ConfigureAwait(false);
            return;
        }
        try
        {
            var outcome = await claimer.ClaimAsync([job], alone: true, CancellationToken.None).ConfigureAwait(false);
            foreach (var claimed in outcome.Claimed)
                await settler.SettleAsync(claimed, await runner.RunAsync(claimed, shutdown).ConfigureAwait(false), shutdown).ConfigureAwait(false);
            foreach (var (later, delay) in outcome.Later)
                await RingAgainAsync([later], 1, delay).ConfigureAwait(false);
        }
        finally
        {
            gate.ExitAlone();
        }
    }

    private Task RingAgainAsync(IReadOnlyList<JobEnvelope> jobs, int maxJobs, TimeSpan delay) =>
        jobs.Count == 0 ? Task.CompletedTask : queue.SendAsync(jobs, maxJobs, delay, CancellationToken.None);

    [LoggerMessage(EventIds.HandedBack, LogLevel.Information, "{Count} jobs of a message have not begun in time and go back to the queue")]
    private partial void LogHandedBack(int count);

    [LoggerMessage(EventIds.JobsRescued, LogLevel.Warning, "The host gave up a message with {Count} jobs; each is sent again by itself")]
    private partial void LogRescued(int count);

    [LoggerMessage(EventIds.StoreUnavailable, LogLevel.Warning, "{Error} Trying again.")]
    private partial void LogStoreUnavailable(string error);
}
