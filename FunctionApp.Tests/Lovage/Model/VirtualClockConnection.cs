using System.Collections.Concurrent;
using Lovage;
using Lovage.Store.Redis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FunctionApp.Tests.Lovage.Model;

/// <summary>A connection on which time stands still until the test moves it: its scripts read a key where they would ask the server's clock.</summary>
internal class VirtualClockConnection(IOptions<LovageOptions> options) : RedisConnection(options)
{
    private const string ServersClock = "redis.call('TIME')";

    // The hash tag of the first key leads to the clock, so that the text is the same for every prefix: the server keeps each text for ever.
    private const string VirtualClock = "redis.call('LRANGE', (string.gsub(KEYS[1], '}.*', '}:clock')), '0', '-1')";

    private readonly ConcurrentDictionary<string, string> scripts = [];
    private readonly RedisKey clock = $"{{{options.Value.KeyPrefix}}}:clock";

    public override Task<RedisResult> RunAsync(string script, RedisKey[] scriptKeys, RedisValue[] values, CancellationToken cancellation) =>
        base.RunAsync(scripts.GetOrAdd(script, text => text.Replace(ServersClock, VirtualClock, StringComparison.Ordinal)), scriptKeys, values, cancellation);

    /// <summary>Sets the clock, in milliseconds since 1970.</summary>
    public Task SetClockAsync(long milliseconds, CancellationToken cancellation) => base.RunAsync(
        "redis.call('DEL', KEYS[1]) return redis.call('RPUSH', KEYS[1], ARGV[1], ARGV[2])", [clock], [milliseconds / 1_000, milliseconds % 1_000 * 1_000], cancellation);

    public Task StopClockAsync(CancellationToken cancellation) => CallAsync(db => db.KeyDeleteAsync(clock), cancellation);
}
