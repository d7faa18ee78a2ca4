using Lovage.Client;
using Lovage.Jobs;
using Lovage.Store;

namespace FunctionApp.Http.Bulk;

/// <summary>The states of jobs that were just enqueued.</summary>
internal sealed class FirstStates(JobClient jobs, TimeProvider time)
{
    // Each holds a job's result while it is read.
    private const int ReadsAtOnce = 16;

    /// <summary>A key that was used before stands for a job that may have gone on since: those are read.</summary>
    public async Task<JobState[]> ReadAsync(IReadOnlyList<(JobId Id, EnqueueOptions Options)> accepted, CancellationToken cancellation)
    {
        JobState[] states = [.. accepted.Select(job => FirstState.Of(job.Options, time))];
        (int Index, (JobId Id, EnqueueOptions) Item)[] keyed = [.. accepted.Index().Where(job => job.Item.Options.IdempotencyKey is not null)];
        if (keyed.Length == 0)
            return states;
        try
        {
            await Parallel.ForEachAsync(keyed, new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellation }, async (job, stop) =>
            {
                if (await jobs.GetAsync(job.Item.Id, stop) is { } record)
                    states[job.Index] = record.State;
            });
        }
        catch (JobStoreUnavailableException)
        {
            // The jobs are accepted: that the store does not answer now takes nothing back.
        }
        return states;
    }
}
