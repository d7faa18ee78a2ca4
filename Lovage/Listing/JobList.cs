using Lovage.Store;
using Lovage.Store.Redis;

namespace Lovage.Listing;

/// <summary>
/// Lists jobs, newest first, a page at a time. Jobs are in the order in which they were recorded, which never changes: while they go on, none is
/// left out of the following pages, and none comes twice.
/// </summary>
public sealed class JobList
{
    // What one page may look at. Some hundred milliseconds of reading, whatever the filter leaves of it.
    private const int MaxExamined = 10_000;

    // Jobs of a state that has no more than these are read all: else few jobs among many would take many pages.
    private const int FewOfState = 2_000;

    private readonly RedisJobList store;

    internal JobList(RedisJobList store) => this.store = store;

    /// <summary>One page.</summary>
    /// <exception cref="ArgumentException">The limit is out of range, or the cursor is none. <see cref="ArgumentException.ParamName"/> is the property.</exception>
    /// <exception cref="JobStoreUnavailableException">The store did not answer.</exception>
    public async Task<JobPage> ReadAsync(JobQuery query, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var below = query.Check();
        return query.State is { } state && await store.FewAsync(state, FewOfState, cancellation).ConfigureAwait(false) is { } few
            ? Page(query, few.Where(job => Matches(query, job)).Select(job => (At: ListPosition.Of(job), Job: job)).Where(job => job.At < below).OrderByDescending(job => job.At))
            : await ScanAsync(query, below, cancellation).ConfigureAwait(false);
    }

    private async Task<JobPage> ScanAsync(JobQuery query, ListPosition below, CancellationToken cancellation)
    {
        var found = new List<JobRecord>();
        var examined = 0;
        while (true)
        {
            // As many as are wanted, or more if the filter leaves few.
            var wanted = Math.Clamp((query.Limit - found.Count) * (found.Count == 0 ? 1 + examined / 100 : 2), 100, 1_000);
            var slice = await store.SliceAsync(below, ListPosition.Before(query.From), wanted, cancellation).ConfigureAwait(false);
            foreach (var (at, job) in slice)
            {
                below = at;
                if (job is null || !Matches(query, job))
                    continue;
                found.Add(job);
                if (found.Count == query.Limit)
                    return new(found, below.ToString());
            }
            if (slice.Count < wanted)
                return new(found, null);
            if ((examined += slice.Count) >= MaxExamined)
                return new(found, below.ToString());
        }
    }

    private static JobPage Page(JobQuery query, IEnumerable<(ListPosition At, JobRecord Job)> sorted)
    {
        var jobs = sorted.Take(query.Limit + 1).ToArray();
        return jobs.Length > query.Limit
            ? new([.. jobs.SkipLast(1).Select(job => job.Job)], jobs[^2].At.ToString())
            : new([.. jobs.Select(job => job.Job)], null);
    }

    // The times too: what is read by its state is read whole.
    private static bool Matches(JobQuery query, JobRecord job) =>
        (query.State is null || job.State == query.State) && (query.Name is null || job.Name == query.Name)
        && !(job.EnqueuedAt < query.From) && !(job.EnqueuedAt > query.To);
}
