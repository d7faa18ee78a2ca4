using System.Runtime.CompilerServices;
using Lovage.Jobs;
using StackExchange.Redis;

namespace Lovage.Store.Redis;

/// <summary>The failed jobs, newest first by their index.</summary>
internal sealed class RedisDeadLetters(RedisConnection connection)
{
    private const int PageSize = 200;

    private readonly RedisKeys keys = connection.Keys;

    /// <summary>Failed jobs that failed in a time, newest first, read as they are asked for.</summary>
    public async IAsyncEnumerable<JobRecord> ReadAsync(DateTimeOffset? from, DateTimeOffset? to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var skip = 0; ; skip += PageSize)
        {
            var ids = await connection.CallAsync(
                db => db.SortedSetRangeByScoreAsync(
                    keys.Failed, from?.ToUnixTimeMilliseconds() ?? double.NegativeInfinity, to?.ToUnixTimeMilliseconds() ?? double.PositiveInfinity,
                    order: Order.Descending, skip: skip, take: PageSize),
                cancellation).ConfigureAwait(false);
            var records = await Task.WhenAll(ids.Select(id => ReadAsync(id, cancellation))).ConfigureAwait(false);
            foreach (var record in records.OfType<JobRecord>())
                yield return record;
            if (ids.Length < PageSize)
                yield break;
        }
    }

    /// <summary>Puts a failed job back to queued, not yet rung.</summary>
    /// <param name="id">The job.</param>
    /// <param name="repeatEffects">Forgets the effects of which nobody knows whether they were made.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The state that it has now; null if there is no such job, or it is a message that cannot be read.</returns>
    public async Task<JobState?> ReplayAsync(JobId id, bool repeatEffects, CancellationToken cancellation) => JobHash.TryReadState((RedisValue)await connection.RunAsync(
        RedisScripts.Replay, [.. keys.Indexes, keys.Job(id)], [id.ToString(), repeatEffects ? "1" : "0"], cancellation).ConfigureAwait(false));

    /// <summary>Keeps what cannot be run, with the reason; never over a job that exists.</summary>
    public Task BuryAsync(DeadLetter letter, CancellationToken cancellation) => connection.RunAsync(
        RedisScripts.Bury, [.. keys.Indexes, keys.Job(letter.Id), keys.Jobs],
        [letter.Id.ToString(), letter.Name, letter.Text, JobHash.Write(letter.Error), letter.Reason.ToString()], cancellation);

    /// <summary>The text of a message that could not be read, or the job's arguments.</summary>
    public async Task<string?> ReadTextAsync(JobId id, CancellationToken cancellation)
    {
        var fields = await connection.CallAsync(db => db.HashGetAsync(keys.Job(id), ["raw", "args"]), cancellation).ConfigureAwait(false);
        return (string?)(fields[0].IsNull ? fields[1] : fields[0]);
    }

    // Null for one whose record is no longer kept.
    private async Task<JobRecord?> ReadAsync(RedisValue value, CancellationToken cancellation)
    {
        var id = JobHash.ReadId(value);
        return JobHash.Read(id, await connection.CallAsync(db => db.HashGetAsync(keys.Job(id), JobHash.Fields), cancellation).ConfigureAwait(false));
    }
}
