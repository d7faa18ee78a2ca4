using StackExchange.Redis;

namespace Lovage.Store.Redis;

/// <summary>The hash in which workers tell each other how long the bodies of each job run, in seconds.</summary>
internal sealed class RedisDurations(RedisConnection connection)
{
    public async Task<IReadOnlyDictionary<string, double>> ReadAsync(CancellationToken cancellation)
    {
        var entries = await connection.CallAsync(db => db.HashGetAllAsync(connection.Keys.Durations), cancellation).ConfigureAwait(false);
        var durations = new Dictionary<string, double>();
        // What is no number was not written by us, and must not keep anybody from enqueueing.
        foreach (var entry in entries)
        {
            if (entry.Value.TryParse(out double seconds))
                durations[(string)entry.Name!] = seconds;
        }
        return durations;
    }

    public Task WriteAsync(IReadOnlyList<(string Job, double Seconds)> durations, CancellationToken cancellation) => connection.CallAsync(
        async db =>
        {
            await db.HashSetAsync(connection.Keys.Durations, [.. durations.Select(one => new HashEntry(one.Job, one.Seconds))]).ConfigureAwait(false);
            return true;
        },
        cancellation);
}
