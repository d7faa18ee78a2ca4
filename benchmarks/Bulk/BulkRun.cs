using Benchmarks.Measuring;

namespace Benchmarks.Bulk;

/// <summary>One run over a queue of packed jobs.</summary>
/// <param name="Interval">From the first jobs on, which warm it up, to the last one.</param>
/// <param name="RequestsPerJob">Requests to the queue for each job, from enqueueing it on.</param>
/// <param name="BytesPerJob">What a finished job takes in the store; null where that is not told.</param>
internal sealed record BulkRun(Interval Interval, double RequestsPerJob, double? BytesPerJob)
{
    public override string ToString() => $"{Interval.PerSecond:N0} jobs/s, {Interval.AppPerThousand:0.000} CPU s per 1,000 in the app";
}
