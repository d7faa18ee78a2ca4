using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;
using Lovage.Store.Redis;

namespace Lovage.Stats;

/// <summary>
/// Counts jobs and tells how they do. Nothing is counted while jobs run, so it costs them nothing: all is read from their records when it is asked for, by one
/// reader at a time and not more often than every two seconds in a process.
/// </summary>
public sealed class JobStats : IDisposable
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(2);

    private const int NamesAtOnce = 8;

    // Of all names together; a log has 16 KiB at most, and mostly some twenty bytes.
    private const int MostLogs = 4_000;

    private readonly RedisStats store;
    private readonly IJobQueue queue;
    private readonly JobRegistry registry;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim reading = new(1, 1);
    private StatsReport? latest;
    private long readAt;

    internal JobStats(RedisStats store, IJobQueue queue, JobRegistry registry, TimeProvider time) =>
        (this.store, this.queue, this.registry, this.time) = (store, queue, registry, time);

    /// <summary>The counts, two seconds old at most.</summary>
    /// <exception cref="JobStoreUnavailableException">The store did not answer.</exception>
    public async Task<StatsReport> ReadAsync(CancellationToken cancellation = default)
    {
        await reading.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (latest is null || time.GetElapsedTime(readAt) > FreshFor)
                (latest, readAt) = (await ReadAnewAsync(cancellation).ConfigureAwait(false), time.GetTimestamp());
            return latest;
        }
        finally
        {
            reading.Release();
        }
    }

    /// <summary>Counts the messages alone, about: the service promises no more. A queue that does not exist has none.</summary>
    /// <exception cref="JobQueueUnavailableException">The queue did not answer.</exception>
    public Task<QueueLengths> CountMessagesAsync(CancellationToken cancellation = default) => queue.CountAsync(cancellation);

    /// <inheritdoc/>
    public void Dispose() => reading.Dispose();

    private async Task<StatsReport> ReadAnewAsync(CancellationToken cancellation)
    {
        var now = await store.NowAsync(cancellation).ConfigureAwait(false);
        var (workers, lengths) = (store.WorkersAsync(cancellation), TryCountMessagesAsync(cancellation));
        var counts = await store.CountAsync(now, cancellation).ConfigureAwait(false);
        var names = registry.NamesAndAliases.Concat(counts.SelectMany(count => count.ByName.Keys)).Distinct().Order(StringComparer.Ordinal).ToArray();
        var ofNames = new List<NameStats>();
        // A few at a time: the same connection claims and settles.
        foreach (var some in names.Chunk(NamesAtOnce))
            ofNames.AddRange(await Task.WhenAll(some.Select(name => OfNameAsync(name, now, counts, MostLogs / names.Length, cancellation))).ConfigureAwait(false));
        return new(now, counts.ToDictionary(count => count.State, count => count.All), ofNames,
            await lengths.ConfigureAwait(false), await workers.ConfigureAwait(false));
    }

    // The jobs are counted all the same.
    private async Task<QueueLengths?> TryCountMessagesAsync(CancellationToken cancellation)
    {
        try
        {
            return await CountMessagesAsync(cancellation).ConfigureAwait(false);
        }
        catch (JobQueueUnavailableException)
        {
            return null;
        }
    }

    private async Task<NameStats> OfNameAsync(string name, DateTimeOffset now, IReadOnlyList<StateCount> counts, int logs, CancellationToken cancellation)
    {
        var ended = await store.EndedAsync(name, now, Math.Clamp(logs, 20, 200), cancellation).ConfigureAwait(false);
        var states = counts.ToDictionary(count => count.State, count => count.Of(name));
        // All that ended without failing are in one index of the name; the others of them are counted already.
        states[JobState.Succeeded] = Math.Max(0, ended.All - states[JobState.Cancelled] - states[JobState.Expired]);
        return new(
            name, states, counts.Any(count => count.IsSample && count.Of(name) > 0), ended.PerMinute,
            counts.Sum(count => count.Lately.GetValueOrDefault(name)) / RedisStats.Lately.TotalMinutes,
            Durations.Of(ended.Logs.Select(Wait).OfType<TimeSpan>()),
            Durations.Of(ended.Logs.Select(Run).OfType<TimeSpan>()));
    }

    private static JobChange? LastRun(IReadOnlyList<JobChange> log) => log.LastOrDefault(change => change.State is JobState.Running);

    private static TimeSpan? Wait(IReadOnlyList<JobChange> log) => LastRun(log)?.Waited;

    // What was cancelled or expired while it waited has no last run to speak of.
    private static TimeSpan? Run(IReadOnlyList<JobChange> log) => log is [.., { State: JobState.Succeeded } end] && LastRun(log) is { } run ? end.At - run.At : null;
}
