using System.Globalization;
using StackExchange.Redis;

namespace Benchmarks.Servers;

/// <summary>What is asked of the Redis server itself.</summary>
internal static class RedisServer
{
    public static Task EmptyRedisAsync(this BenchmarkServers servers) => Server(servers).FlushAllDatabasesAsync();

    /// <summary>What its data takes, in bytes; null for a server that does not tell, such as Garnet.</summary>
    public static async Task<long?> UsedMemoryAsync(this BenchmarkServers servers)
    {
        var memory = (await Server(servers).InfoAsync("memory")).SelectMany(group => group).ToDictionary(pair => pair.Key, pair => pair.Value);
        return memory.TryGetValue("used_memory", out var bytes) ? long.Parse(bytes, CultureInfo.InvariantCulture) : null;
    }

    private static IServer Server(BenchmarkServers servers) => servers.Redis.GetServers()[0];
}
