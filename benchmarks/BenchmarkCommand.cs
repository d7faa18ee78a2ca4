using System.CommandLine;
using Benchmarks.Backlogs;
using Benchmarks.Enqueueing;
using Benchmarks.Harness;
using Benchmarks.Micro;
using Benchmarks.Reporting;
using Benchmarks.Starting;
using Benchmarks.Waiting;
using LocalServers;

namespace Benchmarks;

/// <summary>The command line.</summary>
internal static class BenchmarkCommand
{
    private static readonly IBenchmark[] All =
    [
        new BulkBenchmark(), new SingleBenchmark(), new HttpBenchmark(), new ClientBulkBenchmark(), new NdjsonBulkBenchmark(),
        new LatencyBenchmark(), new SleepBenchmark(), new StartBenchmark(), new MemoryBenchmark(), new MillionBenchmark(),
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        var names = new Argument<string[]>("name") { Description = "Which to run; --list says what each measures. Default: all, and micro only when it is small.", Arity = ArgumentArity.ZeroOrMore };
        names.AcceptOnlyFromAmong([.. All.Select(one => one.Name), MicroBenchmarks.Name]);
        var runs = new Option<int>("--runs") { Description = "How often each is repeated.", DefaultValueFactory = _ => 3 };
        var jobs = new Option<int?>("--jobs") { Description = "So many jobs a run instead of what each needs." };
        var redis = new Option<RedisKind>("--redis") { Description = "Which server keeps the jobs.", DefaultValueFactory = _ => RedisKind.Preferred };
        var small = new Option<bool>("--small") { Description = "As little as shows that all of it works. The figures mean nothing." };
        var json = new Option<FileInfo>("--json") { Description = "Also write the figures to this file." };
        var list = new Option<bool>("--list") { Description = "Say which there are." };
        var root = new RootCommand("Measures the built app on an Azurite and a Redis of its own; see docs/performance.md.") { names, runs, jobs, redis, small, json, list };
        root.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(list))
            {
                foreach (var one in All)
                    Console.WriteLine($"{one.Name,-14}{one.Description}");
                Console.WriteLine($"{MicroBenchmarks.Name,-14}single steps, by BenchmarkDotNet");
                return 0;
            }
            var some = parsed.GetValue(names)!;
            var chosen = some.Length > 0 ? All.Where(one => some.Contains(one.Name)).ToArray() : All;
            var size = new RunSize(parsed.GetValue(small) ? 1 : parsed.GetValue(runs), parsed.GetValue(small), parsed.GetValue(jobs));
            var hasMicro = some.Contains(MicroBenchmarks.Name) || (some.Length == 0 && size.IsSmall);
            return await RunAsync(chosen, hasMicro, size, parsed.GetValue(redis), parsed.GetValue(json)?.FullName, cancellation);
        });
        // Servers take their time to stop.
        return await root.Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
    }

    private static async Task<int> RunAsync(IBenchmark[] chosen, bool hasMicro, RunSize size, RedisKind redis, string? json, CancellationToken cancellation)
    {
        try
        {
            var rows = await new BenchmarkRunner(size, redis, Console.Out).RunAsync(chosen, cancellation);
            if (!size.IsSmall && rows.Count > 0)
                Summary.Write(Console.Out, rows);
            if (json is not null)
                await JsonReport.WriteAsync(json, rows, TimeProvider.System.GetUtcNow(), cancellation);
            if (hasMicro)
                MicroBenchmarks.Run(size.IsSmall);
            return 0;
        }
        catch (Exception e) when (e is BenchmarkException or LocalServerException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return 130;
        }
    }
}
