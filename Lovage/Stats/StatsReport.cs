using Lovage.Jobs;
using Lovage.Queue;

namespace Lovage.Stats;

/// <summary>What <see cref="JobStats"/> found.</summary>
/// <param name="At">When, by the store's clock.</param>
/// <param name="States">How many jobs are in each state. Exact.</param>
/// <param name="Names">The same for each name of a job, and how these jobs do; by name.</param>
/// <param name="Queue">How many messages wait, about; null if the queue did not answer.</param>
/// <param name="Workers">The processes that hold a lease.</param>
public sealed record StatsReport(
    DateTimeOffset At, IReadOnlyDictionary<JobState, long> States, IReadOnlyList<NameStats> Names, QueueLengths? Queue, IReadOnlyList<WorkerStats> Workers);
