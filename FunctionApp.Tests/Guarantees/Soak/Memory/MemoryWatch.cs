using System.Globalization;
using FunctionApp.Tests.Guarantees.Soak.Chaos;
using LocalServers;
using StackExchange.Redis;

namespace FunctionApp.Tests.Guarantees.Soak.Memory;

/// <summary>Measures the memory of all processes again and again.</summary>
internal sealed class MemoryWatch(WorkerChaos workers, LocalServer redis, LocalServer azurite, TimeSpan interval)
{
    public const string RedisUsed = "Redis, used";
    public const string RedisResident = "Redis, resident";
    /// <summary>After a worker's name: what it holds, rather than what it has resident.</summary>
    public const string Heap = ", live heap";

    public const string AzuriteResident = "Azurite, resident";

    private readonly long began = TimeProvider.System.GetTimestamp();
    private readonly Dictionary<string, List<MemorySample>> samples = [];

    public IReadOnlyDictionary<string, List<MemorySample>> Samples => samples;

    public async Task RunAsync(CancellationToken over)
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Address);
        while (true)
        {
            Add(RedisUsed, await UsedAsync(connection.GetDatabase()));
            Add(RedisResident, ResidentMemory.Read(redis.Pid!.Value));
            Add(AzuriteResident, ResidentMemory.Read(azurite.Pid!.Value));
            foreach (var (name, pid, heapFile) in workers.Living)
            {
                Add(name, ResidentMemory.Read(pid));
                Add(name + Heap, LiveHeap.Read(heapFile));
            }
            await Task.Delay(interval, TimeProvider.System, over);
        }
    }

    private void Add(string name, long? bytes)
    {
        if (bytes is null)
            return;
        if (!samples.TryGetValue(name, out var list))
            samples[name] = list = [];
        list.Add(new(TimeProvider.System.GetElapsedTime(began), bytes.Value));
    }

    private static async Task<long> UsedAsync(IDatabase database)
    {
        const string Field = "used_memory:";
        var info = (string)(await database.ExecuteAsync("INFO", "memory"))!;
        var line = info.Split("\r\n").First(line => line.StartsWith(Field, StringComparison.Ordinal));
        return long.Parse(line[Field.Length..], CultureInfo.InvariantCulture);
    }
}
