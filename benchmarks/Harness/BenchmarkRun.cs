using Benchmarks.Servers;

namespace Benchmarks.Harness;

/// <summary>What a benchmark is given.</summary>
/// <param name="Servers">Empty, and nobody else's.</param>
/// <param name="Size">How much to do.</param>
/// <param name="Clock">The clock that measures.</param>
/// <param name="Log">Where it tells how far it is.</param>
internal sealed record BenchmarkRun(BenchmarkServers Servers, RunSize Size, TimeProvider Clock, TextWriter Log)
{
    /// <summary>Does something so often as was asked, and gives what each time gave.</summary>
    /// <param name="once">What is done in each run.</param>
    /// <param name="least">At least so often, unless it is a small run.</param>
    public async Task<IReadOnlyList<T>> RepeatAsync<T>(Func<Task<T>> once, int least = 1) where T : notnull
    {
        var results = new List<T>();
        var runs = Size.IsSmall ? 1 : Math.Max(Size.Runs, least);
        for (var number = 1; number <= runs; number++)
        {
            await Task.WhenAll(Servers.EmptyRedisAsync(), Servers.EmptyQueuesAsync());
            var began = Clock.GetTimestamp();
            results.Add(await once());
            await Log.WriteLineAsync($"  run {number} of {runs}, {Clock.GetElapsedTime(began).TotalSeconds:0.0} s: {results[^1]}");
        }
        return results;
    }
}
