using FunctionApp.Tests.FunctionApp.CommandLine;
using StackExchange.Redis;

namespace FunctionApp.Tests.Guarantees.Soak;

/// <summary>What the store holds of work: with everything ended, nothing.</summary>
internal sealed class StoreLeftovers(string redis, AppSettings settings) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly string prefix = $"{{{settings.Variables["Lovage__KeyPrefix"]}}}:";

    private readonly ConnectionMultiplexer connection = ConnectionMultiplexer.Connect(redis);

    /// <summary>Waits until no key of these kinds is left.</summary>
    /// <param name="kinds">What follows the prefix: <c>held:</c> stands for <c>{prefix}:held:…</c>.</param>
    /// <param name="longest">How long to wait at most.</param>
    public Task AreGoneAsync(IReadOnlyList<string> kinds, TimeSpan longest) => AreGoneAsync(() => Find(kinds), longest);

    /// <summary>Waits until the sweep has struck all workers off that have no lease.</summary>
    public Task DeadWorkersAreForgottenAsync(TimeSpan longest) => AreGoneAsync(
        () => [.. connection.GetDatabase().SetMembers($"{prefix}workers").Select(worker => $"lease:{worker}").Except(Find(["lease:"]))], longest);

    public void Dispose() => connection.Dispose();

    private static async Task AreGoneAsync(Func<string[]> find, TimeSpan longest)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (find() is { Length: > 0 } left)
        {
            if (TimeProvider.System.GetElapsedTime(began) > longest)
                Assert.Fail($"{left.Length} are left in the store after {longest}: {string.Join(", ", left.Take(20))}");
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
    }

    private string[] Find(IReadOnlyList<string> kinds)
    {
        var keys = connection.GetServer(redis).Keys(pattern: $"{prefix}*", pageSize: 1_000).Select(key => ((string)key!)[prefix.Length..]);
        return [.. keys.Where(key => kinds.Any(kind => key.StartsWith(kind, StringComparison.Ordinal)))];
    }
}
