using System.Globalization;
using Lovage.Jobs;
using Lovage.Stats;
using StackExchange.Redis;

namespace Lovage.Store.Redis;

/// <summary>Reads what <see cref="JobStats"/> is made of.</summary>
internal sealed class RedisStats(RedisConnection connection)
{
    /// <summary>Over which time rates are counted.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromMinutes(5);

    // Times older than this say little about now.
    private static readonly TimeSpan Recent = TimeSpan.FromHours(1);

    // Of each state. So many names are read in some ten milliseconds.
    private const int MostNames = 1_000;
    private const int MostRunning = 100;

    private readonly RedisKeys keys = connection.Keys;

    public async Task<DateTimeOffset> NowAsync(CancellationToken cancellation)
    {
        var time = (string[])(await connection.CallAsync(db => db.ExecuteAsync("TIME"), cancellation).ConfigureAwait(false))!;
        return DateTimeOffset.FromUnixTimeSeconds(long.Parse(time[0], CultureInfo.InvariantCulture)).AddMicroseconds(double.Parse(time[1], CultureInfo.InvariantCulture));
    }

    public Task<StateCount[]> CountAsync(DateTimeOffset now, CancellationToken cancellation) =>
        Task.WhenAll(Enum.GetValues<JobState>().Select(state => CountAsync(state, now, cancellation)));

    /// <summary>Those of a name that ended without failing: how many there are, how many a minute, and the logs of the latest.</summary>
    public async Task<(long All, double PerMinute, IReadOnlyList<IReadOnlyList<JobChange>> Logs)> EndedAsync(
        string name, DateTimeOffset now, int mostLogs, CancellationToken cancellation)
    {
        var key = keys.Finished(name);
        var all = connection.CallAsync(db => db.SortedSetLengthAsync(key), cancellation);
        var lately = connection.CallAsync(db => db.SortedSetLengthAsync(key, Since(now, Lately)), cancellation);
        var ids = await connection.CallAsync(
            db => db.SortedSetRangeByScoreAsync(key, Since(now, Recent), order: Order.Descending, take: mostLogs), cancellation).ConfigureAwait(false);
        var logs = await Task.WhenAll(ids.Select(id => LogAsync(JobHash.ReadId(id), cancellation))).ConfigureAwait(false);
        return (await all.ConfigureAwait(false), await lately.ConfigureAwait(false) / Lately.TotalMinutes, logs);
    }

    /// <summary>The workers that hold a lease, and what they run.</summary>
    public async Task<IReadOnlyList<WorkerStats>> WorkersAsync(CancellationToken cancellation)
    {
        var workers = await connection.CallAsync(db => db.SetMembersAsync(keys.Workers), cancellation).ConfigureAwait(false);
        var found = await Task.WhenAll(workers.Select(worker => WorkerAsync(new((string)worker!), cancellation))).ConfigureAwait(false);
        return [.. found.OfType<WorkerStats>().OrderBy(worker => worker.Id, StringComparer.Ordinal)];
    }

    private async Task<WorkerStats?> WorkerAsync(WorkerId worker, CancellationToken cancellation)
    {
        if (!await connection.CallAsync(db => db.KeyExistsAsync(keys.Lease(worker)), cancellation).ConfigureAwait(false))
            return null;
        var held = await connection.CallAsync(db => db.SetMembersAsync(keys.Held(worker)), cancellation).ConfigureAwait(false);
        var jobs = await Task.WhenAll(held.Take(10 * MostRunning).Select(id => RunningAsync(JobHash.ReadId(id), cancellation))).ConfigureAwait(false);
        return new(worker.Value, held.Length, [.. jobs.OfType<RunningJob>().OrderBy(job => job.StartedAt).Take(MostRunning)]);
    }

    // Null for one that has just ended.
    private async Task<RunningJob?> RunningAsync(JobId id, CancellationToken cancellation)
    {
        var job = await connection.CallAsync(db => db.HashGetAsync(keys.Job(id), ["name", "attempt", "startedAt", "state"]), cancellation).ConfigureAwait(false);
        return job[3] == "running" ? new(id, (string)job[0]!, (int)job[1], JobHash.Time(job[2])!.Value) : null;
    }

    private async Task<StateCount> CountAsync(JobState state, DateTimeOffset now, CancellationToken cancellation)
    {
        var key = keys.Index(state);
        var all = await connection.CallAsync(db => db.SortedSetLengthAsync(key), cancellation).ConfigureAwait(false);
        // The other ended ones are counted by the index of their name.
        if (state is JobState.Succeeded)
            return new(state, all, IsSample: false, new Dictionary<string, int>(), new Dictionary<string, double>());
        var isSample = all > MostNames;
        var ids = await connection.CallAsync(
            db => isSample ? db.SortedSetRandomMembersAsync(key, MostNames) : db.SortedSetRangeByRankAsync(key), cancellation).ConfigureAwait(false);
        var names = await NamesAsync(ids, cancellation).ConfigureAwait(false);
        return new(state, all, isSample, names, state is JobState.Failed ? await LatelyAsync(key, now, cancellation).ConfigureAwait(false) : new Dictionary<string, double>());
    }

    private async Task<IReadOnlyDictionary<string, double>> LatelyAsync(RedisKey key, DateTimeOffset now, CancellationToken cancellation)
    {
        var count = await connection.CallAsync(db => db.SortedSetLengthAsync(key, Since(now, Lately)), cancellation).ConfigureAwait(false);
        var ids = await connection.CallAsync(
            db => db.SortedSetRangeByScoreAsync(key, Since(now, Lately), order: Order.Descending, take: MostNames), cancellation).ConfigureAwait(false);
        var names = await NamesAsync(ids, cancellation).ConfigureAwait(false);
        return names.ToDictionary(name => name.Key, name => (double)name.Value * count / ids.Length);
    }

    private async Task<IReadOnlyDictionary<string, int>> NamesAsync(RedisValue[] ids, CancellationToken cancellation)
    {
        var names = await Task.WhenAll(ids.Select(id => connection.CallAsync(db => db.HashGetAsync(keys.Job(JobHash.ReadId(id)), "name"), cancellation))).ConfigureAwait(false);
        return names.Where(name => !name.IsNull).CountBy(name => (string)name!).ToDictionary();
    }

    private async Task<IReadOnlyList<JobChange>> LogAsync(JobId id, CancellationToken cancellation)
    {
        var fields = await connection.CallAsync(db => db.HashGetAsync(keys.Job(id), ["log", "enqueuedAt"]), cancellation).ConfigureAwait(false);
        return JobHash.Time(fields[1]) is { } enqueuedAt ? JobLog.Read(fields[0], enqueuedAt) : [];
    }

    private static double Since(DateTimeOffset now, TimeSpan span) => (now - span).ToUnixTimeMilliseconds();
}
