using Lovage.Jobs;

namespace Lovage.Store;

/// <summary>What the store says to the end of a run.</summary>
/// <param name="State">The state that the job has now; null if the settlement changed nothing.</param>
/// <param name="IsGone">True if there is no record: the store was lost while the job ran.</param>
internal readonly record struct SettleAnswer(JobState? State, bool IsGone = false);
