using Lovage.Jobs;

namespace Lovage.Store;

/// <summary>How a run ended, and so the state that its job goes to.</summary>
/// <param name="State">The state.</param>
/// <param name="Result">UTF-8 JSON, if it succeeded and returned something.</param>
/// <param name="Error">Why it failed, if it did.</param>
internal sealed record Settlement(JobState State, ReadOnlyMemory<byte>? Result = null, JobError? Error = null)
{
    public static Settlement Succeeded(ReadOnlyMemory<byte>? result) => new(JobState.Succeeded, result);

    public static Settlement Failed(Exception exception) => new(JobState.Failed, Error: JobError.Of(exception));

    /// <summary>The process shuts down: back to the queue, no attempt used.</summary>
    public static Settlement Released { get; } = new(JobState.Queued);
}
