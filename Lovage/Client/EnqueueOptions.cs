namespace Lovage.Client;

/// <summary>What may be said of a job beside its arguments.</summary>
public sealed record EnqueueOptions
{
    /// <summary>Passed to the job as <see cref="Jobs.JobContext.Headers"/>. Default none. Not a place for secrets: they are kept with the job.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = Queue.JobEnvelope.Empty;

    internal static EnqueueOptions Default { get; } = new();
}
