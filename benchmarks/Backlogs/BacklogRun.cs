using Benchmarks.Measuring;
using Benchmarks.Reporting;

namespace Benchmarks.Backlogs;

/// <summary>What became of a backlog.</summary>
/// <param name="Interval">From the end of the warm-up to the last job.</param>
/// <param name="Memory">What the app had in memory meanwhile.</param>
/// <param name="Messages">So many brought the jobs.</param>
/// <param name="RequestsPerJob">Requests to the queue for each job, from enqueueing it on.</param>
/// <param name="QueuedBytes">What a queued job takes in the store; null where that is not told.</param>
/// <param name="FinishedBytes">What a finished one takes.</param>
internal sealed record BacklogRun(Interval Interval, MemoryCourse Memory, long Messages, double RequestsPerJob, double? QueuedBytes, double? FinishedBytes)
{
    /// <summary>What a queued and a finished job take in the store.</summary>
    public static IEnumerable<Figure> Kept(IReadOnlyList<BacklogRun> runs)
    {
        if (runs.Any(run => run.FinishedBytes is null))
            return [];
        return
        [
            Figure.Of("in Redis, queued", "bytes per job", runs, run => run.QueuedBytes!.Value),
            Figure.Of("in Redis, finished", "bytes per job", runs, run => run.FinishedBytes!.Value),
        ];
    }

    public override string ToString() => Interval.ToString();
}
