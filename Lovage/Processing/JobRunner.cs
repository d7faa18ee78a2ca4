using System.Text.Json;
using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;
using Lovage.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lovage.Processing;

/// <summary>Runs one job's body in a DI scope of its own. Whatever the body does comes back as a settlement.</summary>
internal sealed partial class JobRunner(
    JobRegistry registry, IServiceScopeFactory scopes, IJobStore store, JobContextAccessor accessor,
    AbandonedBodies abandoned, JobOutcomes outcomes, JobTraces traces, JobMetrics metrics, ExpectedDurations durations, IOptions<LovageOptions> options, TimeProvider time, ILogger<JobRunner> logger)
{
    private static readonly Func<ILogger, JobId, string, int, IDisposable?> BeginJobScope =
        LoggerMessage.DefineScope<JobId, string, int>("job {JobId} {JobName} attempt {Attempt}");

    public async Task<Settlement> RunAsync(ClaimedJob claimed, CancellationToken shutdown)
    {
        var (envelope, claim, leaseLost, cancelled) = claimed;
        // It was claimed ahead, and had to wait for its slot.
        if (cancelled.IsCancellationRequested)
            return Settlement.Cancelled;
        if (leaseLost.IsCancellationRequested || shutdown.IsCancellationRequested)
            return Settlement.Released;
        using var run = JobRun.Begin(traces, metrics, claimed);
        using var logScope = BeginJobScope(logger, envelope.Id, envelope.Name, claim.Attempt);
        var job = registry.Find(envelope.Name);
        var limit = new CancellationTokenSource(job?.Limits.SoftWithin(envelope.TimeLimit, options.Value.LongestRun) ?? Timeout.InfiniteTimeSpan, time);
        var stop = CancellationTokenSource.CreateLinkedTokenSource(shutdown, leaseLost, cancelled, limit.Token);
        LogStarted(envelope.Id, envelope.Name, claim.Attempt);
        // On a thread of its own where it may have to be left alone: a body that blocks must not keep its hard limit from being watched.
        var body = job?.Limits.Hard is null ? InvokeAsync(job, claimed, stop.Token) : Task.Run(() => InvokeAsync(job, claimed, stop.Token), CancellationToken.None);
        try
        {
            if (job?.Limits.Hard is { } hard && !await EndsWithinAsync(body, hard).ConfigureAwait(false))
            {
                // Not awaited: what the body registered with its token may block or throw as the body does.
                JobCancellation.Fire(stop, logger);
                abandoned.Add(envelope.Id, envelope.Name, body);
                return run.Ended(Settlement.Failed(
                    FailureReason.TimeLimit, new TimeoutException($"The job did not stop within its hard time limit of {hard} and was abandoned.")));
            }
            var result = await body.ConfigureAwait(false);
            if (result?.Length > options.Value.MaxResultBytes)
                throw new ResultTooLargeException(envelope.Name, result.Value.Length, options.Value.MaxResultBytes);
            LogSucceeded(envelope.Id, envelope.Name);
            return run.Ended(Settlement.Succeeded(job!.KeepsResult ? result : null));
        }
        catch (Exception e)
        {
            var cause = !stop.IsCancellationRequested ? StopCause.None
                : cancelled.IsCancellationRequested ? StopCause.Cancelled
                : shutdown.IsCancellationRequested || leaseLost.IsCancellationRequested ? StopCause.Shutdown
                : StopCause.TimeLimit;
            return run.Ended(outcomes.Of(e, cause, claimed, job));
        }
        finally
        {
            // An abandoned body goes on with its token.
            if (body.IsCompleted)
            {
                stop.Dispose();
                limit.Dispose();
            }
        }
    }

    private async Task<bool> EndsWithinAsync(Task body, TimeSpan limit)
    {
        using var ended = new CancellationTokenSource();
        var first = await Task.WhenAny(body, Task.Delay(limit, time, ended.Token)).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        return first == body;
    }

    private async Task<ReadOnlyMemory<byte>?> InvokeAsync(JobDefinition? job, ClaimedJob claimed, CancellationToken stop)
    {
        var (envelope, claim) = (claimed.Envelope, claimed.Claim);
        if (job is null)
            throw new UnknownJobException(envelope.Name, registry.Names);
        using var document = JsonDocument.Parse(claim.Arguments ?? envelope.Arguments!.Value);
        var values = JobArguments.Bind(job, document.RootElement);
        var context = new JobContext(claim, job.Name, envelope.Headers, store, stop);
        accessor.Context = context;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<JobContextHolder>().Context = context;
        var target = job.Method.IsStatic ? null : scope.ServiceProvider.GetRequiredService(job.Class);
        var began = time.GetTimestamp();
        try
        {
            return await job.InvokeAsync(target, values, context).ConfigureAwait(false);
        }
        finally
        {
            durations.Ran(envelope.Name, time.GetElapsedTime(began));
        }
    }

    [LoggerMessage(EventIds.JobStarted, LogLevel.Debug, "Job {Id} ({Name}) started, attempt {Attempt}")]
    private partial void LogStarted(JobId id, string name, int attempt);

    [LoggerMessage(EventIds.JobSucceeded, LogLevel.Information, "Job {Id} ({Name}) succeeded")]
    private partial void LogSucceeded(JobId id, string name);
}
