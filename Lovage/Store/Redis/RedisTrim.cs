using Lovage.Jobs;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Lovage.Store.Redis;

/// <summary>Forgets jobs that have been kept long enough, or of which there are too many of one name.</summary>
internal sealed class RedisTrim(RedisConnection connection, JobRegistry registry, IOptions<LovageOptions> options)
{
    // A script holds up everybody else on the server: so many jobs take it two or three milliseconds.
    private const int MaxJobsPerScript = 500;

    // Bounded, so that a sweep ends: the next one, of any process, goes on.
    private const int MaxRounds = 200;

    // A storage queue hides a message for 7 days at most; this is several such hops.
    private static readonly TimeSpan KeepTombstones = TimeSpan.FromDays(30);

    private readonly RedisKeys keys = connection.Keys;
    private readonly LovageOptions keep = options.Value;

    /// <returns>How many jobs were forgotten.</returns>
    /// <exception cref="JobStoreUnavailableException">The store did not answer; some may be forgotten.</exception>
    public async Task<int> TrimAsync(CancellationToken cancellation)
    {
        var trimmed = 0;
        for (var round = 0; round < MaxRounds; round++)
        {
            var now = await TrimOutlivedAsync(cancellation).ConfigureAwait(false) + await TrimSurplusAsync(cancellation).ConfigureAwait(false);
            trimmed += now;
            if (now < MaxJobsPerScript)
                break;
        }
        return trimmed;
    }

    private async Task<int> TrimOutlivedAsync(CancellationToken cancellation)
    {
        var states = (RedisResult[])(await connection.RunAsync(
            RedisScripts.Outlived, [keys.Succeeded, keys.Cancelled, keys.Expired, keys.Failed],
            [(long)keep.KeepFailed.TotalMilliseconds, (long)keep.KeepSucceeded.TotalMilliseconds, MaxJobsPerScript], cancellation).ConfigureAwait(false))!;
        var trimmed = 0;
        foreach (var state in states.Select(state => (RedisValue[])state!).Where(state => state.Length > 1))
            trimmed += await TrimAsync(state[0], [.. state.Skip(1).Select(JobHash.ReadId)], cancellation).ConfigureAwait(false);
        return trimmed;
    }

    private async Task<int> TrimSurplusAsync(CancellationToken cancellation)
    {
        var counts = await Task.WhenAll(registry.NamesAndAliases.Select(async name => (
            Finished: keys.Finished(name),
            Surplus: await connection.CallAsync(db => db.SortedSetLengthAsync(keys.Finished(name)), cancellation).ConfigureAwait(false) - keep.MaxFinishedPerName)))
            .ConfigureAwait(false);
        var trimmed = 0;
        foreach (var (finished, surplus) in counts.Where(count => count.Surplus > 0))
        {
            var oldest = await connection.CallAsync(
                db => db.SortedSetRangeByRankWithScoresAsync(finished, 0, Math.Min(surplus, MaxJobsPerScript) - 1), cancellation).ConfigureAwait(false);
            if (oldest.Length > 0)
                trimmed += await TrimAsync(finished, oldest[^1].Score, [.. oldest.Select(entry => JobHash.ReadId(entry.Element))], cancellation).ConfigureAwait(false);
        }
        return trimmed;
    }

    private async Task<int> TrimAsync(RedisValue last, JobId[] ids, CancellationToken cancellation)
    {
        var names = await Task.WhenAll(ids.Select(id => connection.CallAsync(db => db.HashGetAsync(keys.Job(id), "name"), cancellation))).ConfigureAwait(false);
        var trimmed = 0;
        foreach (var group in ids.Zip(names).GroupBy(pair => (string?)pair.Second, pair => pair.First))
            trimmed += await TrimAsync(keys.Finished(group.Key ?? ""), last, [.. group], cancellation).ConfigureAwait(false);
        return trimmed;
    }

    private async Task<int> TrimAsync(RedisKey finished, RedisValue last, JobId[] ids, CancellationToken cancellation) => (int)await connection.RunAsync(
        RedisScripts.Trim, [.. keys.Indexes, finished, keys.Jobs, .. ids.Select(keys.Job)],
        [last, (long)KeepTombstones.TotalMilliseconds, .. ids.Select(id => (RedisValue)id.ToString())], cancellation).ConfigureAwait(false);
}
