using LocalServers;
using StackExchange.Redis;

namespace Benchmarks.Servers;

/// <summary>An Azurite and a Redis of this run's own, on free ports, stopped when it ends, however it ends.</summary>
internal sealed class BenchmarkServers : IAsyncDisposable
{
    private const string NodeOptions = "NODE_OPTIONS";

    // Azurite waits for the disk with each message. What is measured is no disk: where there are files in memory, they are there.
    private static string DataRoot => Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    private readonly LocalServerSet azurite;
    private readonly LocalServerSet redis;
    private readonly string folder;

    private BenchmarkServers(LocalServerSet azurite, LocalServerSet redis, string folder, StorageAddress storage, ConnectionMultiplexer connection)
    {
        (this.azurite, this.redis, this.folder, Storage, Redis) = (azurite, redis, folder, storage, connection);
        Requests = new(storage);
        AppDomain.CurrentDomain.ProcessExit += Abandon;
    }

    public StorageAddress Storage { get; }

    /// <summary>The benchmark's own connection, for looking and for emptying.</summary>
    public ConnectionMultiplexer Redis { get; }

    public string RedisAddress => redis.Servers[0].Address;

    public QueueRequests Requests { get; }

    public int AzuritePid => azurite.Servers[0].Pid!.Value;

    public int RedisPid => redis.Servers[0].Pid!.Value;

    /// <summary>Where app processes keep what they keep, one after the other, as on a developer's machine.</summary>
    public string AppFolder => Path.Combine(folder, "app");

    /// <summary>What runs, with versions.</summary>
    public string Description => string.Join(", ", Both.Select(server => server.Description));

    public static async Task<BenchmarkServers> StartAsync(RedisKind kind, CancellationToken cancellation)
    {
        var folder = Directory.CreateDirectory(Path.Combine(DataRoot, $"lovage-benchmark-{Guid.NewGuid():N}")).FullName;
        var storage = StorageAddress.New();
        // Azurite inherits it. Not for what is started later.
        Environment.SetEnvironmentVariable(NodeOptions, $"--require \"{Path.Combine(AppContext.BaseDirectory, "count-requests.cjs")}\"");
        try
        {
            LocalServerOptions Options(string? storage, string? redis) => new()
            {
                StorageConnectionString = storage,
                RedisConfiguration = redis,
                DataFolder = Path.Combine(folder, "servers"),
                // What dotnet run installed already.
                NpmFolder = Path.Combine(new LocalServerOptions().DataPath, "npm"),
                RedisKind = kind,
                // An Azurite that keeps nothing in files clears up after its messages one by one, once a minute, and each by a search through all: after
                // 4,000 messages it answers nobody for ten seconds, after 6,000 for 25. With files it has a few parts for all of them.
                InMemory = redis is not null,
            };
            var azurite = await LocalServerSet.EnsureAsync(Options(storage.ConnectionString, null), cancellation);
            try
            {
                var redis = await LocalServerSet.EnsureAsync(Options(null, $"127.0.0.1:{LocalPort.Free()}"), cancellation);
                return new(azurite, redis, folder, storage, await ConnectionMultiplexer.ConnectAsync($"{redis.Servers[0].Address},allowAdmin=true"));
            }
            catch
            {
                await azurite.StopAsync();
                throw;
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable(NodeOptions, null);
        }
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= Abandon;
        await Redis.DisposeAsync();
        await Task.WhenAll(azurite.StopAsync(), redis.StopAsync());
        Directory.Delete(folder, recursive: true);
    }

    private IEnumerable<LocalServer> Both => [azurite.Servers[0], redis.Servers[0]];

    // The process ends without having stopped them: nobody is left to wait for a polite end.
    private void Abandon(object? sender, EventArgs e)
    {
        foreach (var server in Both)
            server.Abandon();
    }
}
