using Lovage.Jobs;

namespace FunctionApp.Tests.Lovage.CrashPoints;

/// <summary>What somebody outside was told of a job, and what may become of it therefore.</summary>
/// <param name="Job">The job.</param>
internal sealed record Promise(JobId Job)
{
    /// <summary>False: the call failed, and the job may or may not be there.</summary>
    public bool IsCertain { get; init; } = true;

    /// <summary>Where it ends if no process dies; then where else it may end if one does.</summary>
    public required IReadOnlyList<JobState> Ends { get; init; }

    /// <summary>False if it was told that it never runs.</summary>
    public bool MayRun { get; init; } = true;

    /// <summary>True if its record may have been forgotten by the end of the test.</summary>
    public bool MayBeTrimmed { get; init; }
}
