namespace Lovage.Stats;

/// <summary>A process that runs jobs.</summary>
/// <param name="Id">Its identity; a new one each time it starts, or has lost its lease.</param>
/// <param name="RunningCount">How many jobs it has.</param>
/// <param name="Running">These jobs, the longest running first; 100 at most.</param>
public sealed record WorkerStats(string Id, long RunningCount, IReadOnlyList<RunningJob> Running);
