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
    public async IAsyncEnumerable<FailedJob> FindAsync(DateTimeOffset? from, DateTimeOffset? to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (newest, skip) = (to?.ToUnixTimeMilliseconds() ?? double.PositiveInfinity, 0);
        while (true)
        {
            var (stop, past) = (newest, skip);
            var page = await connection.CallAsync(
                db => db.SortedSetRangeByScoreWithScoresAsync(
                    keys.Failed, from?.ToUnixTimeMilliseconds() ?? double.NegativeInfinity, stop, order: Order.Descending, skip: past, take: PageSize),
                cancellation).ConfigureAwait(false);
            foreach (var job in await Task.WhenAll(page.Select(entry => ChooseAsync(entry, cancellation))).ConfigureAwait(false))
                yield return job;
            if (page.Length < PageSize)
                yield break;
            // By time and not by place: a job that leaves meanwhile would move all the others.
            var ties = page.Count(entry => entry.Score == page[^1].Score);
            (newest, skip) = (page[^1].Score, page[^1].Score == newest ? skip + ties : ties);
        }
    }

    /// <summary>A failed job; null if it is no longer one.</summary>
    public async Task<JobRecord?> ReadAsync(JobId id, CancellationToken cancellation)
    {
        var record = JobHash.Read(id, await connection.CallAsync(db => db.HashGetAsync(keys.Job(id), JobHash.Fields), cancellation).ConfigureAwait(false));
        return record is { State: JobState.Failed } ? record : null;
    }

    /// <summary>Puts a failed job back to queued, not yet rung.</summary>
    /// <param name="id">The job.</param>
    /// <param name="failedAt">If given: only if it has not been replayed, and failed again, since.</param>
    /// <param name="repeatEffects">Forgets the effects of which nobody knows whether they were made.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>False if it is no failed job, or is a message that cannot be read.</returns>
    public async Task<bool> ReplayAsync(JobId id, DateTimeOffset? failedAt, bool repeatEffects, CancellationToken cancellation) => (bool)await connection.RunAsync(
        RedisScripts.Replay, [.. keys.Indexes, keys.Job(id)], [id.ToString(), repeatEffects ? "1" : "0", failedAt is { } at ? JobHash.Write(at) : ""], cancellation)
        .ConfigureAwait(false);

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

    private async Task<FailedJob> ChooseAsync(SortedSetEntry entry, CancellationToken cancellation)
    {
        var id = JobHash.ReadId(entry.Element);
        var fields = await connection.CallAsync(db => db.HashGetAsync(keys.Job(id), ["name", "reason"]), cancellation).ConfigureAwait(false);
        return new(
            id, DateTimeOffset.FromUnixTimeMilliseconds((long)entry.Score), (string?)fields[0],
            Enum.TryParse<FailureReason>((string?)fields[1], out var reason) ? reason : null);
    }
}
