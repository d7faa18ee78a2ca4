using FunctionApp.Tests;
using FunctionApp.Tests.LocalServers;
using FunctionApp.Tests.LocalServers.Postgres;
using LocalServers;
using LocalServers.Processes;

[assembly: AssemblyFixture(typeof(RealServers))]

namespace FunctionApp.Tests;

/// <summary>
/// A real Azurite and a real Redis for all tests of a run, in memory, on free ports: tests stay apart by queue names and key prefixes of their own.
/// Take it as a constructor parameter. A test that loses, kills or fills a store asks for one of its own with <see cref="NewRedisAsync"/>.
/// </summary>
public sealed class RealServers : IAsyncLifetime
{
    // The emulator's account key is the same everywhere and published with it: it protects nothing.
    private const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly RunFolder folder = RunFolder.Create();
    private readonly Dictionary<RedisKind, Task<string>> others = [];
    private readonly List<LocalServerSet> sets = [];
    private readonly Lock gate = new();
    private Task<PostgresServer>? postgres;

    /// <summary>Azurite's blob, queue and table endpoints, with account and key.</summary>
    public string StorageConnectionString { get; private set; } = "";

    /// <summary>redis-server if this machine has it, else Garnet.</summary>
    public string RedisConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Abandon();
        await RunFolder.CleanUpAsync(Cancellation);
        StorageConnectionString = NewStorageConnectionString();
        RedisConnectionString = NewRedisConnectionString();
        await EnsureAsync(new()
        {
            StorageConnectionString = StorageConnectionString,
            RedisConfiguration = RedisConnectionString,
            DataFolder = folder.NewFolder(),
            NpmFolder = RunFolder.SharedNpm,
            InMemory = true,
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Sets().Select(set => set.StopAsync()));
        if (postgres is not null)
            await (await postgres).DisposeAsync();
        folder.Dispose();
    }

    /// <summary>Garnet for the whole run, started when first asked for.</summary>
    public Task<string> GarnetAsync() => OtherAsync(RedisKind.Garnet);

    /// <summary>redis-server for the whole run. Where it is not installed the test is skipped; with CI set it fails.</summary>
    public Task<string> RedisServerAsync()
    {
        RequireRedisServer();
        return OtherAsync(RedisKind.RedisServer);
    }

    /// <summary>A new database in the run's PostgreSQL: its connection string. Where that is not installed the test is skipped; with CI set it fails.</summary>
    public async Task<string> NewPostgresAsync()
    {
        if (PostgresServer.Programs is null)
        {
            if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 }) Assert.Fail("CI is set, and there is no PostgreSQL below /usr/lib/postgresql.");
            Assert.Skip("There is no PostgreSQL below /usr/lib/postgresql.");
        }
        Task<PostgresServer> server;
        lock (gate) server = postgres ??= PostgresServer.StartAsync(CancellationToken.None);
        return await (await server).NewDatabaseAsync(Cancellation);
    }

    /// <summary>
    /// A Redis of the caller's own that may be killed and started again; its address is <see cref="LocalServer.Address"/>. Stopped at the end of the
    /// run, or by the caller.
    /// </summary>
    public async Task<LocalServer> NewRedisAsync(RedisKind kind = RedisKind.Preferred, bool inMemory = true)
    {
        if (kind is RedisKind.RedisServer) RequireRedisServer();
        var set = await EnsureAsync(
            new() { RedisConfiguration = NewRedisConnectionString(), DataFolder = folder.NewFolder(), RedisKind = kind, InMemory = inMemory });
        return set.Servers[0];
    }

    /// <summary>An Azurite of the caller's own that may be killed and started again.</summary>
    public async Task<(LocalServer Server, string ConnectionString)> NewAzuriteAsync(bool inMemory = true)
    {
        var connectionString = NewStorageConnectionString();
        var set = await EnsureAsync(new()
        {
            StorageConnectionString = connectionString,
            DataFolder = folder.NewFolder(),
            NpmFolder = RunFolder.SharedNpm,
            InMemory = inMemory,
        });
        return (set.Servers[0], connectionString);
    }

    /// <summary>A new empty folder that is deleted at the end of the run.</summary>
    internal string NewFolder() => folder.NewFolder();

    internal static string NewStorageConnectionString()
    {
        static string Endpoint(string service) => $"{service}Endpoint=http://127.0.0.1:{LocalPort.Free()}/devstoreaccount1";
        return $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={AccountKey};{Endpoint("Blob")};{Endpoint("Queue")};{Endpoint("Table")}";
    }

    internal static string NewRedisConnectionString() => $"127.0.0.1:{LocalPort.Free()}";

    private static void RequireRedisServer()
    {
        if (new ProgramSearch(null).Find("redis-server") is not null) return;
        if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 }) Assert.Fail("CI is set, and there is no redis-server on the PATH.");
        Assert.Skip("There is no redis-server on the PATH.");
    }

    private Task<string> OtherAsync(RedisKind kind)
    {
        lock (gate)
        {
            if (!others.TryGetValue(kind, out var other)) others[kind] = other = StartAsync();
            return other;
        }

        async Task<string> StartAsync() => (await NewRedisAsync(kind)).Address;
    }

    private async Task<LocalServerSet> EnsureAsync(LocalServerOptions options)
    {
        var set = await LocalServerSet.EnsureAsync(options, Cancellation);
        lock (gate) sets.Add(set);
        return set;
    }

    private LocalServerSet[] Sets()
    {
        lock (gate) return [.. sets];
    }

    // The test process ends without having disposed the fixture: nobody is left to wait for a polite end.
    private void Abandon()
    {
        foreach (var server in Sets().SelectMany(set => set.Servers)) server.Abandon();
    }
}
