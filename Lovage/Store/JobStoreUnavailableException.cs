using Lovage.Jobs;

namespace Lovage.Store;

/// <summary>The store did not answer, or refused to write. Whether the change was made is not known; asking again tells.</summary>
public sealed class JobStoreUnavailableException(Exception inner)
    : Exception($"The job store (Redis) is unavailable: {FirstLine(inner.Message)}", inner)
{
    /// <summary>When enqueueing: the id of the first job that may or may not have been recorded.</summary>
    public JobId? JobId { get; init; }

    // The client's messages go on with a page of its own counters.
    private static string FirstLine(string message) => message.Split('\n', ';', ',')[0].TrimEnd();
}
