using Lovage.Jobs;
using Lovage.Store;

namespace FunctionApp.Tests.Lovage.Model;

// What can be seen from outside. In a store each index is written; here it follows from the jobs.
internal sealed partial class ReferenceStore
{
    /// <summary>What the keys of the store are to hold, by their names without the prefix. What is empty is no key.</summary>
    public SortedDictionary<string, string> Describe(IEnumerable<WorkerId> known)
    {
        var keys = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["epoch"] = Epoch ?? "",
            ["newest-claimed-ring"] = NewestClaimedRing > 0 ? $"{NewestClaimedRing}" : "",
            ["jobs"] = Join(jobs.Where(job => !job.Value.IsTombstone).Select(job => $"{job.Value.EnqueuedAt}{job.Key}=0").Order(StringComparer.Ordinal)),
            ["workers"] = Join(workers.Order(StringComparer.Ordinal)),
        };
        foreach (var (hash, (id, fingerprint)) in this.keys)
            keys[$"once:{hash}"] = $"{id} {fingerprint}";
        foreach (var state in Enum.GetValues<JobState>())
            keys[state.ToString().ToLowerInvariant()] = Join(In(state).Select(Scored));
        foreach (var name in names)
            keys[$"finished:{name}"] = Join(Finished(name).Select(Scored));
        foreach (var worker in known)
            keys[$"held:{worker}"] = Join(HeldBy(worker.Value));
        foreach (var (id, job) in jobs)
            keys[$"job:{id}"] = job.Describe();
        foreach (var empty in keys.Where(key => key.Value.Length == 0).ToArray())
            keys.Remove(empty.Key);
        return keys;
    }

    // Those that have ended and did not fail.
    private IEnumerable<(string Id, long Score)> Finished(string name) => Sorted(job => job.Name == name && job.State is JobState.Succeeded or JobState.Cancelled or JobState.Expired);

    private IEnumerable<(string Id, long Score)> In(JobState state) => Sorted(job => job.State == state);

    private IEnumerable<(string Id, long Score)> Sorted(Func<ReferenceJob, bool> which) => jobs
        .Where(job => which(job.Value) && !job.Value.IsTombstone)
        .Select(job => (Id: job.Key, Score: Score(job.Value)))
        .OrderBy(job => job.Score).ThenBy(job => job.Id, StringComparer.Ordinal);

    private static string Scored((string Id, long Score) job) => $"{job.Id}={job.Score}";

    private static long Score(ReferenceJob job) => job.State switch
    {
        JobState.Queued => job.RungAt,
        JobState.Scheduled => job.Due!.Value,
        JobState.Running => job.StartedAt!.Value,
        _ => job.Since,
    };

    private static long Milliseconds(TimeSpan span) => (long)span.TotalMilliseconds;

    private static string Join(IEnumerable<string> values) => string.Join(' ', values);
}
