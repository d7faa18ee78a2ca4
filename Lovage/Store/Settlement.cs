using Lovage.Jobs;

namespace Lovage.Store;

/// <summary>How a run ended.</summary>
/// <param name="Event">What that is to the job.</param>
/// <param name="Result">UTF-8 JSON, if it succeeded and returned something.</param>
/// <param name="Error">Why it failed, if it did.</param>
/// <param name="Reason">Why it is not tried again, if it failed for good.</param>
/// <param name="Delay">Until it is tried again, if it is.</param>
internal sealed record Settlement(JobEvent Event, ReadOnlyMemory<byte>? Result = null, JobError? Error = null, FailureReason? Reason = null, TimeSpan Delay = default)
{
    /// <summary>The trace that the next attempt belongs to, if it is not the one that the job was enqueued in.</summary>
    public string? TraceParent { get; init; }

    public static Settlement Succeeded(ReadOnlyMemory<byte>? result) => new(JobEvent.Succeed, result);

    public static Settlement Failed(FailureReason reason, Exception exception) => new(JobEvent.Fail, Error: JobError.Of(exception), Reason: reason);

    public static Settlement Retry(TimeSpan delay, Exception exception) =>
        new(delay > TimeSpan.Zero ? JobEvent.Retry : JobEvent.RetryAtOnce, Error: JobError.Of(exception), Delay: delay);

    /// <summary>The process shuts down: back to the queue, no attempt used.</summary>
    public static Settlement Released { get; } = new(JobEvent.Release);

    /// <summary>The body stopped because the job was cancelled.</summary>
    public static Settlement Cancelled { get; } = new(JobEvent.Stop);
}
