using Lovage.Jobs;

namespace Lovage.Store;

/// <summary>The right to run a job once and to settle it.</summary>
/// <param name="Job">The job.</param>
/// <param name="Name">The job's name.</param>
/// <param name="Claim">Random: after a loss of the store a counter alone would repeat.</param>
/// <param name="Worker">Who has the right.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Arguments">The stored arguments, if they were asked for.</param>
internal sealed record JobClaim(JobId Job, string Name, string Claim, WorkerId Worker, int Attempt, ReadOnlyMemory<byte>? Arguments)
{
    /// <summary>From when it was enqueued until it could begin: it was delayed, waits for a retry, or was given back. For telemetry only.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>From when it could begin until it was claimed; null if the claim was asked for twice. For telemetry only.</summary>
    public TimeSpan? Waited { get; init; }
}
