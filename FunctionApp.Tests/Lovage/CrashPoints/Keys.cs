using Lovage.Store.Redis;
using StackExchange.Redis;

namespace FunctionApp.Tests.Lovage.CrashPoints;

/// <summary>The keys of one prefix, whoever has made them.</summary>
internal static class Keys
{
    public static async Task<RedisKey[]> ReadAsync(RedisConnection connection)
    {
        var pattern = ((string)connection.Keys.Epoch!).Replace("epoch", "*", StringComparison.Ordinal);
        return (RedisKey[])(await connection.CallAsync(db => db.ExecuteAsync("KEYS", pattern), TestContext.Current.CancellationToken))!;
    }

    /// <summary>Without the prefix.</summary>
    public static string Name(RedisKey key) => ((string)key!).Split("}:", 2)[1];
}
