using Lovage.Queue;

namespace Lovage.Processing;

/// <summary>What became of the jobs that a worker asked for. Those in no list need nothing more.</summary>
internal sealed class ClaimOutcome
{
    /// <summary>To be run now.</summary>
    public List<ClaimedJob> Claimed { get; } = [];

    /// <summary>To be sent again, hidden for so long.</summary>
    public List<(JobEnvelope Job, TimeSpan Delay)> Later { get; } = [];

    /// <summary>To be run when nothing else runs in this process.</summary>
    public List<JobEnvelope> Alone { get; } = [];

    /// <summary>To be asked for once more: what stood in the way is mended.</summary>
    public List<JobEnvelope> Mended { get; } = [];
}
