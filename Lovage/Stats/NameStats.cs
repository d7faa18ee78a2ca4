using Lovage.Jobs;

namespace Lovage.Stats;

/// <summary>The jobs of one name.</summary>
/// <param name="Name">The name that their records carry.</param>
/// <param name="States">How many are in each state.</param>
/// <param name="IsEstimated">True if a state has so many jobs that only some were looked at: then the counts are theirs, scaled up.</param>
/// <param name="EndedPerMinute">How many ended without failing, in a minute, over the last five.</param>
/// <param name="FailedPerMinute">How many failed for good, in a minute, over the last five.</param>
/// <param name="Wait">How long those that ended lately could have begun before they did. Null if none did within an hour.</param>
/// <param name="Run">How long their last run took. Null if none ended within an hour.</param>
public sealed record NameStats(
    string Name, IReadOnlyDictionary<JobState, long> States, bool IsEstimated, double EndedPerMinute, double FailedPerMinute, Durations? Wait, Durations? Run);
