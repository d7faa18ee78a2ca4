using Lovage.Effects;
using Lovage.Jobs;
using Lovage.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lovage.Processing;

/// <summary>Decides what becomes of a job whose body threw.</summary>
internal sealed partial class JobOutcomes(Random random, IOptions<LovageOptions> options, ILogger<JobOutcomes> logger)
{
    public Settlement Of(Exception exception, StopCause cause, ClaimedJob claimed, JobDefinition? job)
    {
        var (envelope, claim) = (claimed.Envelope, claimed.Claim);
        switch (exception)
        {
            case OperationCanceledException when cause is StopCause.Cancelled:
                LogCancelled(envelope.Id, envelope.Name);
                return Settlement.Cancelled;
            case OperationCanceledException when cause is StopCause.Shutdown:
                LogReleased(envelope.Id, envelope.Name);
                return Settlement.Released;
            case OperationCanceledException when cause is StopCause.TimeLimit:
                exception = new TimeoutException($"The job exceeded its time limit of {job?.Limits.SoftWithin(envelope.TimeLimit, options.Value.LongestRun)}.", exception);
                break;
        }
        var settlement = Decide(exception, claim, envelope.MaxAttempts, job);
        if (settlement.Event is JobEvent.Fail)
            LogFailed(exception, envelope.Id, envelope.Name, claim.Attempt, settlement.Reason!.Value);
        else
            LogRetried(exception, envelope.Id, envelope.Name, claim.Attempt, settlement.Delay);
        return settlement;
    }

    private Settlement Decide(Exception exception, JobClaim claim, int? maxAttempts, JobDefinition? job)
    {
        var policy = job?.RetryPolicy(options.Value);
        return exception switch
        {
            UnknownJobException => Settlement.Failed(FailureReason.UnknownJob, exception),
            InvalidArgumentsException => Settlement.Failed(FailureReason.InvalidArguments, exception),
            ResultTooLargeException => Settlement.Failed(FailureReason.ResultTooLarge, exception),
            EffectUnknownException => Settlement.Failed(FailureReason.EffectUnknown, exception),
            RejectJobException => Settlement.Failed(FailureReason.Rejected, exception),
            _ when claim.Attempt >= (maxAttempts ?? policy!.MaxAttempts) => Settlement.Failed(FailureReason.AttemptsUsed, exception),
            RetryJobException retry => Settlement.Retry(retry.Delay, exception),
            _ when !policy!.Retries(exception) => Settlement.Failed(FailureReason.NotRetried, exception),
            _ => Settlement.Retry(policy.Delay(claim.Attempt, random), exception),
        };
    }

    [LoggerMessage(EventIds.JobReleased, LogLevel.Information, "Job {Id} ({Name}) was stopped by the shutdown or by a lost lease; it runs again")]
    private partial void LogReleased(JobId id, string name);

    [LoggerMessage(EventIds.JobCancelled, LogLevel.Information, "Job {Id} ({Name}) was cancelled and has stopped")]
    private partial void LogCancelled(JobId id, string name);

    [LoggerMessage(EventIds.JobRetried, LogLevel.Warning, "Job {Id} ({Name}) failed in attempt {Attempt}; the next one follows in {Delay}")]
    private partial void LogRetried(Exception exception, JobId id, string name, int attempt, TimeSpan delay);

    [LoggerMessage(EventIds.JobFailed, LogLevel.Error, "Job {Id} ({Name}) failed for good in attempt {Attempt}: {Reason}")]
    private partial void LogFailed(Exception exception, JobId id, string name, int attempt, FailureReason reason);
}
