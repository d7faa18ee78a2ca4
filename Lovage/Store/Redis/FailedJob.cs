using Lovage.Jobs;

namespace Lovage.Store.Redis;

/// <summary>A failed job, as far as it takes to choose it.</summary>
/// <param name="Id">The job.</param>
/// <param name="FailedAt">When it failed. A job that was replayed since, and failed again, has another.</param>
/// <param name="Name">Its name; null if its record is no longer kept.</param>
/// <param name="Reason">Why it failed.</param>
internal readonly record struct FailedJob(JobId Id, DateTimeOffset FailedAt, string? Name, FailureReason? Reason);
