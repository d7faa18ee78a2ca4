using Lovage.Jobs;
using Lovage.Store;

namespace Lovage.Client;

/// <summary>Waits for the end of a job by asking for it: at first often, as most are waited for because they are short.</summary>
internal sealed class JobWait(IJobStore store, TimeProvider time)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);

    /// <returns>The job as it is when it has ended or the time is over; null if there is none.</returns>
    /// <exception cref="JobStoreUnavailableException">The store did not answer.</exception>
    public async Task<JobRecord?> ForEndAsync(JobId id, TimeSpan atMost, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var pause = Shortest;
        while (true)
        {
            var job = await store.GetAsync(id, cancellation).ConfigureAwait(false);
            var left = atMost - time.GetElapsedTime(began);
            if (job is null || job.State.IsFinal() || left <= TimeSpan.Zero)
                return job;
            await Task.Delay(pause < left ? pause : left, time, cancellation).ConfigureAwait(false);
            pause = pause * 1.5 < Longest ? pause * 1.5 : Longest;
        }
    }
}
