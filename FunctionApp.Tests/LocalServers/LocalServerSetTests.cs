using System.Net;
using System.Net.Sockets;
using Azure.Storage.Queues;
using FunctionApp.Tests.LocalServers.Processes;
using LocalServers;

namespace FunctionApp.Tests.LocalServers;

public sealed class LocalServerSetTests(RealServers servers) : IDisposable
{
    private readonly string folder = servers.NewFolder();
    private readonly StringWriter output = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => output.Dispose();

    [Fact]
    public async Task Ensure_EverythingIsElsewhere_DoesAndSaysNothing()
    {
        await using var set = await LocalServerSet.EnsureAsync(
            new()
            {
                StorageConnectionString = "AccountName=contoso;AccountKey=a==;EndpointSuffix=core.windows.net",
                RedisConfiguration = "cache.example.com:6380,ssl=true",
                DataFolder = folder,
                Output = output,
            },
            Cancellation);

        Assert.Empty(set.Servers);
        Assert.Empty(output.ToString());
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public async Task Ensure_StartingIsSwitchedOff_SaysInOneLineEachWhatIsMissing()
    {
        await using var set = await LocalServerSet.EnsureAsync(Options(startMissing: false), Cancellation);

        Assert.All(set.Servers, server => Assert.Equal(LocalServerOrigin.Missing, server.Origin));
        var lines = output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Contains(lines, line => line.StartsWith("Azurite   is missing: nothing answers on 127.0.0.1:", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("Redis     is missing: nothing answers on 127.0.0.1:", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.Contains("docker compose -f azurite.yml up", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ensure_NothingIsInstalled_GivesAllReasonsInOneError()
    {
        var programs = new FakePrograms(servers.NewFolder());

        var error = await Assert.ThrowsAsync<LocalServerException>(() => LocalServerSet.EnsureAsync(Options(searchPath: programs.Folder), Cancellation));

        Assert.Contains("no node on the PATH", error.Message, StringComparison.Ordinal);
        Assert.Contains("Garnet needs dotnet, which is not on the PATH", error.Message, StringComparison.Ordinal);
        Assert.Contains("install redis-server 7 or later", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ensure_RedisServerIsOldAndGarnetCannotBeInstalled_SaysBoth()
    {
        var programs = new FakePrograms(servers.NewFolder());
        programs.Add("redis-server", "echo 'Redis server v=6.2.14 sha=00000000:0 malloc=libc bits=64'");
        programs.Add("dotnet", $"""case "$1" in nuget) echo 'global-packages: {folder}/';; *) echo 'the package was not found'; exit 1;; esac""");
        var options = new LocalServerOptions
        {
            RedisConfiguration = RealServers.NewRedisConnectionString(),
            DataFolder = folder,
            Output = output,
            SearchPath = programs.Folder,
        };

        var error = await Assert.ThrowsAsync<LocalServerException>(() => LocalServerSet.EnsureAsync(options, Cancellation));

        Assert.Contains("is version '6.2.14'; 7 or later is needed. Garnet is used instead", output.ToString(), StringComparison.Ordinal);
        Assert.Matches("^Garnet [0-9.]+ could not be installed: 'dotnet tool restore' ended with 1.\\s+the package was not found\\s+Ways out: ", error.Message);
    }

    [Fact]
    public async Task Ensure_OneFails_StopsTheOther()
    {
        var redis = RealServers.NewRedisConnectionString();
        using var stranger = new Stranger();
        var storage = $"AccountName=devstoreaccount1;AccountKey=a==;QueueEndpoint=http://127.0.0.1:{stranger.Port}/devstoreaccount1";

        await Assert.ThrowsAsync<LocalServerException>(
            () => LocalServerSet.EnsureAsync(new() { StorageConnectionString = storage, RedisConfiguration = redis, DataFolder = folder }, Cancellation));

        using var client = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync(IPEndPoint.Parse(redis), Cancellation).AsTask());
    }

    [Fact]
    public async Task Ensure_AnotherProgramHasThePort_NamesPortAndProgram()
    {
        using var stranger = new Stranger();
        var storage = $"AccountName=devstoreaccount1;AccountKey=a==;QueueEndpoint=http://127.0.0.1:{stranger.Port}/devstoreaccount1";
        var options = new LocalServerOptions { StorageConnectionString = storage, RedisConfiguration = $"127.0.0.1:{stranger.Port}", DataFolder = folder };

        var error = await Assert.ThrowsAsync<LocalServerException>(() => LocalServerSet.EnsureAsync(options, Cancellation));

        Assert.Contains($"Azurite is expected on 127.0.0.1:{stranger.Port}, but something else has that port", error.Message, StringComparison.Ordinal);
        Assert.Contains("calls itself 'Stranger/1.0'", error.Message, StringComparison.Ordinal);
        Assert.Contains("to PING it answered 'HTTP/1.1 200 OK'. Stop that program, or configure another port.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ensure_AzuriteWasStoppedAndStartedAgain_KeepsItsMessages()
    {
        var (server, storage) = await servers.NewAzuriteAsync(inMemory: false);
        var queue = new QueueClient(storage, "survivors");
        await queue.CreateAsync(cancellationToken: Cancellation);
        await queue.SendMessageAsync("still here", Cancellation);

        await server.StopAsync();
        await server.StartAsync(Cancellation);

        Assert.Equal("still here", (await queue.ReceiveMessageAsync(cancellationToken: Cancellation)).Value.Body.ToString());
    }

    private LocalServerOptions Options(bool startMissing = true, string? searchPath = null) => new()
    {
        StorageConnectionString = RealServers.NewStorageConnectionString(),
        RedisConfiguration = RealServers.NewRedisConnectionString(),
        DataFolder = folder,
        StartMissing = startMissing,
        SearchPath = searchPath,
        Output = output,
    };
}
