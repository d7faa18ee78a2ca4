namespace Lovage.Jobs;

/// <summary>One entry of a job's log: it came into a state, or its run said how far it is.</summary>
/// <param name="Number">From 1, without gaps, also across a replay.</param>
/// <param name="At">When, by the store's clock.</param>
/// <param name="State">The state that it came into; null for a report of progress.</param>
/// <param name="Progress">The report; null for a change of state.</param>
public sealed record JobChange(long Number, DateTimeOffset At, JobState? State, JobProgress? Progress)
{
    /// <summary>For how long the job could have begun before it did; null unless this is the begin of a run.</summary>
    public TimeSpan? Waited { get; init; }
}
