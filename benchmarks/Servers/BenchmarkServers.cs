using LocalServers;
using StackExchange.Redis;

namespace Benchmarks.Servers;

/// <summary>An Azurite and a Redis of this run's own: in memory, on free ports, stopped when it ends, however it ends.</summary>
internal sealed class BenchmarkServers : IAsyncDisposable
{
    private const string NodeOptions = "NODE_OPTIONS";

    private readonly LocalServerSet set;
    private readonly string folder;

    private BenchmarkServers(LocalServerSet set, string folder, StorageAddress storage, ConnectionMultiplexer redis)
    {
        (this.set, this.folder, Storage, Redis) = (set, folder, storage, redis);
        Requests = new(storage);
        AppDomain.CurrentDomain.ProcessExit += Abandon;
    }

    public StorageAddress Storage { get; }

    /// <summary>The benchmark's own connection, for looking and for emptying.</summary>
    public ConnectionMultiplexer Redis { get; }

    public string RedisAddress => Server("Redis").Address;

    public QueueRequests Requests { get; }

    public int AzuritePid => Server("Azurite").Pid!.Value;

    public int RedisPid => Server("Redis").Pid!.Value;

    /// <summary>Where app processes keep what they keep, one after the other, as on a developer's machine.</summary>
    public string AppFolder => Path.Combine(folder, "app");

    /// <summary>What runs, with versions.</summary>
    public string Description => string.Join(", ", set.Servers.Select(server => server.Description));

    public static async Task<BenchmarkServers> StartAsync(RedisKind kind, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("lovage-benchmark-").FullName;
        var storage = StorageAddress.New();
        // Azurite inherits it. Not for what is started later.
        Environment.SetEnvironmentVariable(NodeOptions, $"--require \"{Path.Combine(AppContext.BaseDirectory, "count-requests.cjs")}\"");
        try
        {
            var set = await LocalServerSet.EnsureAsync(
                new()
                {
                    StorageConnectionString = storage.ConnectionString,
                    RedisConfiguration = $"127.0.0.1:{LocalPort.Free()}",
                    DataFolder = folder,
                    // What dotnet run installed already.
                    NpmFolder = Path.Combine(new LocalServerOptions().DataPath, "npm"),
                    RedisKind = kind,
                    InMemory = true,
                },
                cancellation);
            var redis = set.Servers.Single(server => server.Name == "Redis").Address;
            return new(set, folder, storage, await ConnectionMultiplexer.ConnectAsync($"{redis},allowAdmin=true"));
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
        await set.StopAsync();
        Directory.Delete(folder, recursive: true);
    }

    private LocalServer Server(string name) => set.Servers.Single(server => server.Name == name);

    // The process ends without having stopped them: nobody is left to wait for a polite end.
    private void Abandon(object? sender, EventArgs e)
    {
        foreach (var server in set.Servers)
            server.Abandon();
    }
}
