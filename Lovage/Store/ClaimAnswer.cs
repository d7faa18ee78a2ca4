using Lovage.Jobs;

namespace Lovage.Store;

/// <summary>What the store says to a worker that would run a job.</summary>
internal abstract record ClaimAnswer
{
    private ClaimAnswer()
    {
    }

    /// <summary>Run it.</summary>
    public sealed record Run(JobClaim Claim) : ClaimAnswer;

    /// <summary>It has ended: the message is a repeat, unless it has ended by this claim, because its time was over.</summary>
    public sealed record Over(JobState State, bool ByThisClaim = false) : ClaimAnswer;

    /// <summary>A worker has it, dead or alive.</summary>
    public sealed record Held(WorkerId Worker) : ClaimAnswer;

    /// <summary>Its time has not come.</summary>
    public sealed record Early(TimeSpan Remaining) : ClaimAnswer;

    /// <summary>Its process died when it last ran: it is to run with no other beside it.</summary>
    public sealed record Alone : ClaimAnswer;

    /// <summary>There is no record: the store was lost, or the job ended and was trimmed. The epoch tells which.</summary>
    public sealed record Unknown(string? StoreEpoch) : ClaimAnswer;
}
