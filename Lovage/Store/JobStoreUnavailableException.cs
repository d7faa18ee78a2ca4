using Lovage.Jobs;

namespace Lovage.Store;

/// <summary>The store did not answer, or refused to write. Whether the change was made is not known; asking again tells.</summary>
public sealed class JobStoreUnavailableException(Exception inner)
    : Exception(Describe(inner.Message), inner)
{
    /// <summary>When enqueueing: the id of the first job that may or may not have been recorded.</summary>
    public JobId? JobId { get; init; }

    /// <summary>When enqueueing: the ids of all jobs of the call, in order. Each of them may or may not have been recorded.</summary>
    public IReadOnlyList<JobId> JobIds { get; init; } = [];

    // So Redis begins its refusal of a write that does not fit.
    private static string Describe(string message) => message.StartsWith("OOM ", StringComparison.Ordinal)
        ? "The job store (Redis) is full: it takes no more jobs, and none is begun, until jobs are trimmed or maxmemory is raised. What was accepted is kept."
        : $"The job store (Redis) is unavailable: {FirstLine(message)}";

    // The client's messages go on with a page of its own counters.
    private static string FirstLine(string message) => message.Split('\n', ';', ',')[0].TrimEnd();
}
