using Lovage.Jobs;

namespace Lovage.Stats;

/// <summary>What <see cref="JobStats"/> found.</summary>
/// <param name="At">When, by the store's clock.</param>
/// <param name="States">How many jobs are in each state. Exact.</param>
/// <param name="Names">The same for each name of a job, and how these jobs do; by name.</param>
/// <param name="Workers">The processes that hold a lease.</param>
public sealed record StatsReport(
    DateTimeOffset At, IReadOnlyDictionary<JobState, long> States, IReadOnlyList<NameStats> Names, IReadOnlyList<WorkerStats> Workers);
