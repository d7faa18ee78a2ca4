using Lovage.Jobs;

namespace FunctionApp.Tests.Lovage.Model;

/// <summary>
/// What happens to the store by chance happens to a small reference of it as well, in a time that the test sets; after each operation both must have
/// answered alike and hold the same.
/// </summary>
public sealed class StoreModelTests(RealServers servers)
{
    private const int ListSize = 100;

    [Fact]
    public Task Operations_3000ByChance_LeaveTheStoreAsItsReferenceSays() => RunAsync(lanes: 4, lists: 8);

    // Some minutes. Run by .ci/long.
    [Fact(Explicit = true)]
    public async Task Operations_AMillionByChance_LeaveTheStoreAsItsReferenceSays()
    {
        var moves = await RunAsync(lanes: 16, lists: 626);
        // So much chance leaves out no line of the table.
        Assert.All(JobLifecycle.Transitions, line => Assert.Contains((line.Key.From, line.Value), moves.Keys));
    }

    private async Task<Dictionary<(JobState From, JobState To), int>> RunAsync(int lanes, int lists)
    {
        var redis = await servers.RedisServerAsync();
        var (output, began) = (TestContext.Current.TestOutputHelper!, TimeProvider.System.GetTimestamp());
        var side = Enumerable.Range(0, Seed.IsSet ? 1 : lanes).Select(_ => (Lane: new Lane(redis, TestContext.Current.CancellationToken), Seed: Seed.Draw())).ToArray();
        try
        {
            foreach (var (_, seed) in side)
                output.WriteLine($"{Seed.Variable}={seed.Rnd.Seed},{seed.Rnd.Gamma},{ListSize}");
            await Task.WhenAll(side.Select(s => s.Lane.CheckAsync(lists, ListSize, s.Seed)));
            foreach (var (lane, _) in side)
                Assert.Empty(await lane.StopAsync());
        }
        finally
        {
            foreach (var (lane, _) in side)
                lane.Dispose();
        }
        var moves = side.SelectMany(s => s.Lane.Moves).GroupBy(move => move.Key).ToDictionary(group => group.Key, group => group.Sum(move => move.Value));
        output.WriteLine($"{side.Sum(s => s.Lane.Steps):N0} operations in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:N1} s.");
        foreach (var ((from, to), count) in moves.OrderBy(move => move.Key))
            output.WriteLine($"{from} -> {to}: {count:N0}");
        return moves;
    }
}
