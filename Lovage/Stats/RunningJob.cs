using Lovage.Jobs;

namespace Lovage.Stats;

/// <summary>A job that a worker has.</summary>
/// <param name="Id">The job's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="StartedAt">When this run began.</param>
public sealed record RunningJob(JobId Id, string Name, int Attempt, DateTimeOffset StartedAt);
