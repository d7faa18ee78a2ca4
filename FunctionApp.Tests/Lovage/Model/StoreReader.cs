using Lovage.Jobs;
using Lovage.Store.Redis;
using StackExchange.Redis;

namespace FunctionApp.Tests.Lovage.Model;

/// <summary>Reads everything that a store holds of known jobs and workers, in one call, as the text that <see cref="ReferenceStore.Describe"/> expects.</summary>
internal sealed class StoreReader(RedisConnection connection)
{
    private const string Script = """
        local found = {}
        for i = 1, #KEYS do
          local kind = ARGV[i]
          if kind == 'zset' then found[i] = redis.call('ZRANGE', KEYS[i], '0', '-1', 'WITHSCORES')
          elseif kind == 'set' then found[i] = redis.call('SMEMBERS', KEYS[i])
          elseif kind == 'hash' then found[i] = redis.call('HGETALL', KEYS[i])
          else found[i] = { redis.call('GET', KEYS[i]) } end
        end
        return found
        """;

    private readonly RedisKeys keys = connection.Keys;

    /// <summary>Every key that the store may have made.</summary>
    public RedisKey[] Everything(World world) =>
        [.. Kinds(world).Select(key => key.Key), .. world.KnownWorkers.SelectMany(worker => new[] { keys.Lease(worker), keys.Cancellations(worker) })];

    public async Task<SortedDictionary<string, string>> ReadAsync(World world)
    {
        var kinds = Kinds(world).ToArray();
        var reply = (RedisResult[])(await connection.RunAsync(
            Script, [.. kinds.Select(key => key.Key)], [.. kinds.Select(key => (RedisValue)key.Kind)], world.Cancellation))!;
        var read = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var ((key, kind), values) in kinds.Zip(reply))
        {
            var text = Describe(kind, (string?[])values!);
            if (text.Length > 0)
                read[((string)key!).Split("}:", 2)[1]] = text;
        }
        return read;
    }

    private IEnumerable<(RedisKey Key, string Kind)> Kinds(World world) =>
    [
        (keys.Epoch, "string"),
        (keys.NewestClaimedRing, "string"),
        (keys.Workers, "set"),
        (keys.Jobs, "zset"),
        .. keys.Indexes.Select(index => (index, "zset")),
        .. world.KnownWorkers.Select(worker => (keys.Held(worker), "set")),
        .. world.KnownJobs.Select(id => (keys.Job(id), "hash")),
        .. World.Names.Select(name => (keys.Finished(name), "zset")),
        .. World.Wishes.Select(wish => (keys.Idempotency(wish), "string")),
    ];

    private static string Describe(string kind, string?[] values) => kind switch
    {
        "set" => string.Join(' ', values.Order(StringComparer.Ordinal)),
        "zset" => string.Join(' ', values.Chunk(2).Select(pair => $"{pair[0]}={pair[1]}")),
        "hash" => string.Join(' ', values.Chunk(2).OrderBy(pair => pair[0], StringComparer.Ordinal).Select(pair => Field(pair[0]!, pair[1]!)).OfType<string>()),
        _ => values.FirstOrDefault() ?? "",
    };

    // What a job was enqueued with is no part of its life; of texts it is enough that they are there.
    private static string? Field(string name, string value) => name switch
    {
        "headers" or "traceparent" => null,
        "args" or "error" or "raw" => $"{name}=*",
        "history" => $"{name}={string.Join(',', value.Split('\n').Select(Attempt))}",
        "log" => $"{name}={string.Join(',', value.Split('\n').Select(LogEntry))}",
        "progress" => $"{name}={JobHash.Json<JobProgress>(value)!.Percent}",
        _ => $"{name}={value}",
    };

    // For how long a run could have begun, and what a report says, is not what the model is about.
    private static string LogEntry(string line) => line.Split(' ', 2)[0];

    private static string Attempt(string line)
    {
        var parts = line.Split(' ', 4);
        return $"{parts[2]}:{parts[0]}-{parts[1]}";
    }
}
