using System.Diagnostics;
using FunctionApp.Tests.LocalServers.Processes;
using LocalServers;
using LocalServers.Processes;

namespace FunctionApp.Tests.LocalServers;

/// <summary>Whose a server is, and who may stop it. With Redis, which starts fastest; the rules are the same for all.</summary>
public sealed class LocalServerTests(RealServers servers) : IDisposable
{
    private readonly string folder = servers.NewFolder();
    private readonly string redis = RealServers.NewRedisConnectionString();
    private readonly StringWriter output = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string StateFile => Path.Combine(folder, "redis.json");

    public void Dispose() => output.Dispose();

    [Fact]
    public async Task Ensure_NothingAnswers_StartsItAndStopsItAtTheEnd()
    {
        await using var set = await EnsureAsync();
        var server = Assert.Single(set.Servers);
        var state = ServerState.Read(StateFile);

        Assert.Equal(LocalServerOrigin.Started, server.Origin);
        Assert.Matches($"^Redis     started on {redis} in [0-9.]+ s: (Redis|Garnet) [0-9.]+, data in ", output.ToString());
        Assert.Equal(server.Pid, state?.Server.Pid);

        await set.StopAsync();

        Assert.False(state!.Server.IsAlive());
        Assert.False(File.Exists(StateFile));
    }

    [Fact]
    public async Task Ensure_Localhost_AnswersByThatNameAndByNumber()
    {
        var port = redis.Split(':')[1];
        await using var byName = await EnsureAsync($"localhost:{port}");
        await using var byNumber = await EnsureAsync(redis);

        Assert.Equal(LocalServerOrigin.Started, byName.Servers[0].Origin);
        Assert.Equal(LocalServerOrigin.Found, byNumber.Servers[0].Origin);
    }

    [Fact]
    public async Task Ensure_SomebodyElsesRuns_UsesItAndLeavesItAlone()
    {
        var theirs = await servers.NewRedisAsync();
        await using var set = await EnsureAsync(theirs.Address);

        Assert.Equal(LocalServerOrigin.Found, set.Servers[0].Origin);
        Assert.Null(set.Servers[0].Pid);
        Assert.Equal($"Redis     found on {theirs.Address}: {theirs.Description} that was already running{Environment.NewLine}", output.ToString());
        await Assert.ThrowsAsync<LocalServerException>(() => set.Servers[0].KillAsync(Cancellation));

        await set.StopAsync();

        Assert.True(IsRunning(theirs));
    }

    [Fact]
    public async Task Ensure_OwnerStillRuns_LeavesItsServerAlone()
    {
        await using var first = await EnsureAsync();
        await using var second = await EnsureAsync();

        Assert.Equal(LocalServerOrigin.Found, second.Servers[0].Origin);
        await second.StopAsync();

        Assert.True(IsRunning(first.Servers[0]));
    }

    [Fact]
    public async Task Ensure_OwnerDied_TakesItsServerOverAndStopsItAtTheEnd()
    {
        await using var first = await EnsureAsync();
        Orphan();

        await using var second = await EnsureAsync();
        var state = ServerState.Read(StateFile)!;

        Assert.Equal(LocalServerOrigin.Adopted, second.Servers[0].Origin);
        Assert.Equal(first.Servers[0].Pid, second.Servers[0].Pid);
        Assert.Equal(ProcessIdentity.Current(), state.Owner);
        Assert.Contains($"Redis     taken over on {redis}: {first.Servers[0].Description}, left behind", output.ToString(), StringComparison.Ordinal);

        await second.StopAsync();

        Assert.False(state.Server.IsAlive());
    }

    [Fact]
    public async Task Ensure_OwnerDiedAndItsServerHangs_ReplacesIt()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows cannot stop a process for a while.");
        await using var first = await EnsureAsync();
        Orphan();
        var hung = ServerState.Read(StateFile)!.Server;
        await Process.Start("kill", ["-STOP", $"{hung.Pid}"]).WaitForExitAsync(Cancellation);

        await using var second = await EnsureAsync();

        Assert.Equal(LocalServerOrigin.Started, second.Servers[0].Origin);
        Assert.False(hung.IsAlive());
    }

    [Fact]
    public async Task Ensure_OrphanOnAnotherPortHoldsTheData_ReplacesIt()
    {
        await using var first = await EnsureAsync();
        Orphan();
        var orphan = ServerState.Read(StateFile)!.Server;

        await using var second = await EnsureAsync(RealServers.NewRedisConnectionString());

        Assert.Equal(LocalServerOrigin.Started, second.Servers[0].Origin);
        Assert.False(orphan.IsAlive());
    }

    [Fact]
    public async Task Ensure_DataIsInUseByARunThatLives_SaysByWhom()
    {
        await using var first = await EnsureAsync();

        var error = await Assert.ThrowsAsync<LocalServerException>(() => EnsureAsync(RealServers.NewRedisConnectionString()));

        Assert.Contains($"process {Environment.ProcessId}, which still runs, started it", error.Message, StringComparison.Ordinal);
        Assert.True(IsRunning(first.Servers[0]));
    }

    [Fact]
    public async Task Ensure_NumberOfTheLastServerWasGivenToAnother_NeverTouchesIt()
    {
        using var bystander = new Bystander();
        var reused = bystander.Identity with { StartTime = bystander.Identity.StartTime.AddMinutes(-5) };
        new ServerState(reused, ProcessIdentityTests.Dead(), int.Parse(redis.Split(':')[1])).Write(StateFile);

        await using (var set = await EnsureAsync())
            Assert.Equal(LocalServerOrigin.Started, set.Servers[0].Origin);

        Assert.True(bystander.Identity.IsAlive());
    }

    [Fact]
    public async Task Start_ServerEndsAtOnce_ShowsTheEndOfItsLog()
    {
        var programs = new FakePrograms(servers.NewFolder());
        programs.Add("redis-server", """case "$1" in --version) echo 'Redis server v=7.9.9 sha=0';; *) echo 'no memory left'; exit 1;; esac""");

        var error = await Assert.ThrowsAsync<LocalServerException>(
            () => LocalServerSet.EnsureAsync(
                new() { RedisConfiguration = redis, DataFolder = folder, SearchPath = programs.Folder }, Cancellation));

        Assert.Matches("^Redis 7.9.9 ended after [0-9.]+ s. The end of .+redis.log:\\s+no memory left\\s+Ways out: ", error.Message);
    }

    private static bool IsRunning(LocalServer server)
    {
        using var process = Process.GetProcessById(server.Pid!.Value);
        return !process.HasExited;
    }

    // As if the process that started it had been killed.
    private void Orphan() => (ServerState.Read(StateFile)! with { Owner = ProcessIdentityTests.Dead() }).Write(StateFile);

    private Task<LocalServerSet> EnsureAsync(string? configuration = null) => LocalServerSet.EnsureAsync(
        new() { RedisConfiguration = configuration ?? redis, DataFolder = folder, Output = output, StopLimit = TimeSpan.FromSeconds(3) }, Cancellation);
}
