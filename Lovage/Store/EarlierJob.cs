using Lovage.Jobs;

namespace Lovage.Store;

/// <summary>The job for which an idempotency key was used first.</summary>
/// <param name="Position">Where among the jobs to be recorded its key was found.</param>
/// <param name="First">The job.</param>
/// <param name="IsOther">True if it was another job, or had other arguments.</param>
internal readonly record struct EarlierJob(int Position, JobId First, bool IsOther);
