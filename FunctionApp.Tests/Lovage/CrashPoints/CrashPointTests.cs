using System.Collections.Concurrent;
using StackExchange.Redis;

namespace FunctionApp.Tests.Lovage.CrashPoints;

/// <summary>
/// Every call of a process to the store or the queue fails in turn, before or after it is done, or the process dies there; afterwards nothing is lost,
/// nothing is there twice, and each job ends once.
/// </summary>
public sealed class CrashPointTests(RealServers servers) : IAsyncLifetime
{
    // Round trips wait for each other less when several runs go side by side.
    private const int SideBySide = 8;

    private string redis = "";
    private ConnectionMultiplexer shared = null!;

    public static TheoryData<string> Scenarios { get; } = [.. Scenario.All.Select(scenario => scenario.Name)];

    public async ValueTask InitializeAsync()
    {
        redis = await servers.RedisServerAsync();
        shared = await ConnectionMultiplexer.ConnectAsync(redis);
    }

    public ValueTask DisposeAsync() => shared.DisposeAsync();

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Calls_EachFailsOrKillsItsProcess_EveryPromiseIsKept(string scenario)
    {
        var (output, began) = (TestContext.Current.TestOutputHelper!, TimeProvider.System.GetTimestamp());
        var played = Scenario.All.Single(one => one.Name == scenario);
        var (calls, runs, error) = await RunAsync(played, CrashPoint.None, mostRuns: 100);
        Assert.True(error is null, $"Without any fault: {error}");
        var points = Enumerable.Range(1, calls).SelectMany(call => Enum.GetValues<Fault>().Select(fault => new CrashPoint(call, fault))).ToArray();
        var errors = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(points, new ParallelOptions { MaxDegreeOfParallelism = SideBySide }, async (point, _) =>
        {
            if ((await RunAsync(played, point, runs)).Error is { } failed)
                errors.Add(failed);
        });
        output.WriteLine($"{calls} calls, {points.Length} crash points in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:N1} s.");
        Assert.True(errors.IsEmpty, string.Join("\n\n", errors.Order()));
    }

    private async Task<(int Calls, int Runs, string? Error)> RunAsync(Scenario scenario, CrashPoint point, int mostRuns)
    {
        await using var run = new CrashRun(redis, shared, scenario, point);
        try
        {
            await run.PlayAsync();
            // A process that dies may leave a run of each job behind that is made again.
            Assert.InRange(run.Runs, 0, point.Dies ? mostRuns + run.Jobs : mostRuns);
            return (run.Calls, run.Runs, null);
        }
        // All points are tried: which of them fail tells more than the first of them.
        catch (Exception e)
        {
            return (run.Calls, run.Runs, $"{scenario}, call {point.Call} ({run.Hit}) {point.Fault}: {e}");
        }
    }
}
