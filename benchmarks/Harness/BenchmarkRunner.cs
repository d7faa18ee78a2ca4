using Benchmarks.Reporting;
using Benchmarks.Servers;
using LocalServers;

namespace Benchmarks.Harness;

/// <summary>Runs benchmarks one after the other, and writes what they measured.</summary>
internal sealed class BenchmarkRunner(RunSize size, RedisKind redis, TextWriter output)
{
    public async Task<IReadOnlyList<RowResult>> RunAsync(IReadOnlyList<IBenchmark> benchmarks, CancellationToken cancellation)
    {
        var rows = new List<RowResult>();
        if (size.IsSmall && benchmarks.Count > 0)
        {
            await using var shared = await BenchmarkServers.StartAsync(redis, cancellation);
            foreach (var benchmark in benchmarks)
                rows.Add(await RunAsync(benchmark, shared, cancellation));
            return rows;
        }
        foreach (var benchmark in benchmarks)
        {
            // What an earlier one left in them is no part of a measurement.
            await using var own = await BenchmarkServers.StartAsync(redis, cancellation);
            rows.Add(await RunAsync(benchmark, own, cancellation));
        }
        return rows;
    }

    private async Task<RowResult> RunAsync(IBenchmark benchmark, BenchmarkServers servers, CancellationToken cancellation)
    {
        await output.WriteLineAsync($"{benchmark.Name} on {servers.Description}");
        var figures = await benchmark.RunAsync(new(servers, size, TimeProvider.System, output), cancellation);
        var row = new RowResult(benchmark.Name, benchmark.Description, servers.Description, figures);
        RowTable.Write(output, row, isJudged: !size.IsSmall);
        return row;
    }
}
