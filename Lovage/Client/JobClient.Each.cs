using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;

namespace Lovage.Client;

/// <content>Jobs that are enqueued together, but each for itself.</content>
public sealed partial class JobClient
{
    /// <summary>Checks a job as <see cref="EnqueueAsync(IReadOnlyCollection{JobRequest}, CancellationToken)"/> would, and records nothing.</summary>
    /// <param name="request">The job.</param>
    /// <returns>The same job: it holds only what is recorded of it, and is not checked again when it is enqueued.</returns>
    /// <exception cref="UnknownJobException">No such job.</exception>
    /// <exception cref="InvalidArgumentsException">The arguments do not fit its signature.</exception>
    /// <exception cref="ArgumentsTooLargeException">They are too large.</exception>
    /// <exception cref="ArgumentException">Its options are out of range.</exception>
    public JobRequest Check(JobRequest request)
    {
        var job = admission.Admit(request);
        // The writer of JSON makes room for the worst case, several times what is needed: thousands of checked jobs may be held.
        return JobRequest.Of(job with { Arguments = job.Arguments!.Value.ToArray() });
    }

    /// <summary>Enqueues many jobs in few round trips, each for itself: one that is refused keeps none of the others from being recorded.</summary>
    /// <param name="requests">The jobs. An idempotency key that two of them have belongs to the one that comes first.</param>
    /// <param name="cancellation">Gives up waiting; some jobs may have been recorded by then.</param>
    /// <returns>What became of each, in order.</returns>
    public async Task<IReadOnlyList<EnqueueOutcome>> EnqueueEachAsync(IReadOnlyCollection<JobRequest> requests, CancellationToken cancellation = default)
    {
        var outcomes = new EnqueueOutcome[requests.Count];
        var (now, after) = (new List<(int Place, JobEnvelope Job)>(), new List<(int Place, JobEnvelope Job)>());
        var keys = new Dictionary<string, IdempotencyKey>();
        foreach (var (place, request) in requests.Index())
        {
            try
            {
                var job = admission.Admit(request);
                var isFirst = job.Idempotency is not { } key || keys.TryAdd(key.Hash, key) || keys[key.Hash] == key;
                (isFirst ? now : after).Add((place, job));
            }
            catch (ArgumentException e)
            {
                outcomes[place] = new(null, e);
            }
        }
        await RecordEachAsync(now, outcomes, cancellation).ConfigureAwait(false);
        // Once the first use of a key is in the store, that decides about the others: perhaps it was used there before, for one of these.
        await RecordEachAsync(after, outcomes, cancellation).ConfigureAwait(false);
        return outcomes;
    }

    private async Task RecordEachAsync(List<(int Place, JobEnvelope Job)> left, EnqueueOutcome[] outcomes, CancellationToken cancellation)
    {
        // Each round leaves out jobs that the store refuses; what it has recorded already may be recorded again.
        while (left.Count > 0)
        {
            JobEnvelope[] jobs = [.. left.Select(one => one.Job)];
            try
            {
                if (await RecordAsync(jobs, cancellation).ConfigureAwait(false) is { Length: > 0 } others)
                {
                    foreach (var (position, first, _) in others)
                        outcomes[left[position].Place] = new(null, new IdempotencyConflictException(first) { Index = left[position].Place });
                    var refused = others.Select(other => other.Position).ToHashSet();
                    left = [.. left.Where((_, position) => !refused.Contains(position))];
                    continue;
                }
                foreach (var (position, (place, _)) in left.Index())
                    outcomes[place] = new(jobs[position].Id);
            }
            catch (JobStoreUnavailableException e)
            {
                foreach (var (place, job) in left)
                    outcomes[place] = new(job.Id, new JobStoreUnavailableException(e.InnerException!) { JobId = job.Id, JobIds = [job.Id] });
            }
            return;
        }
    }
}
