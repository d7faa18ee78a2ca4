using Lovage.Jobs;
using Lovage.Listing;
using StackExchange.Redis;

namespace Lovage.Store.Redis;

/// <summary>Reads jobs by the index of all of them, or all of a state.</summary>
internal sealed class RedisJobList(RedisConnection connection)
{
    private readonly RedisKeys keys = connection.Keys;

    /// <summary>So many jobs between two places, the highest first; null in place of one whose record is gone.</summary>
    public async Task<IReadOnlyList<(ListPosition At, JobRecord? Job)>> SliceAsync(ListPosition below, ListPosition above, int count, CancellationToken cancellation)
    {
        var members = await connection.CallAsync(
            db => db.SortedSetRangeByValueAsync(keys.Jobs, above.ToString(), below.ToString(), Exclude.Both, Order.Descending, 0, count), cancellation).ConfigureAwait(false);
        var places = members.Select(member => ListPosition.Read((string)member!)).ToArray();
        var records = await ReadAsync(places.Select(place => place.Id), cancellation).ConfigureAwait(false);
        return [.. places.Zip(records)];
    }

    /// <summary>All jobs of a state; null if there are more than so many.</summary>
    public async Task<IReadOnlyList<JobRecord>?> FewAsync(JobState state, int most, CancellationToken cancellation)
    {
        var ids = await connection.CallAsync(db => db.SortedSetRangeByRankAsync(keys.Index(state), 0, most), cancellation).ConfigureAwait(false);
        return ids.Length > most ? null : [.. (await ReadAsync(ids.Select(JobHash.ReadId), cancellation).ConfigureAwait(false)).OfType<JobRecord>()];
    }

    private Task<JobRecord?[]> ReadAsync(IEnumerable<JobId> ids, CancellationToken cancellation) => Task.WhenAll(ids.Select(async id =>
        JobHash.Read(id, await connection.CallAsync(db => db.HashGetAsync(keys.Job(id), JobHash.FieldsOfLists), cancellation).ConfigureAwait(false))));
}
