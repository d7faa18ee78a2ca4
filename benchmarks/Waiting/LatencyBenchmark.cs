using Benchmarks.App;
using Benchmarks.Enqueueing;
using Benchmarks.Harness;
using Benchmarks.Measuring;
using Benchmarks.Reporting;

namespace Benchmarks.Waiting;

/// <summary>How long a caller waits for a result that takes no time, when nothing else is to be done.</summary>
internal sealed class LatencyBenchmark : IBenchmark
{
    private const int Ended = 200;

    public string Name => "latency";

    public string Description => "POST /api/jobs/demo.noop?wait=10s to its result, one at a time, against a bare put and receive";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellation)
    {
        var count = run.Size.Of(usual: 1_000, small: 10);
        var runs = await run.RepeatAsync(() => OnceAsync(run, 2 * count, count, cancellation));
        return
        [
            .. Latencies.Percents.Select(percent => Judged(runs, percent)),
            .. Latencies.Percents.Select(percent => Figure.Of($"bare, p{percent}", "ms", runs, one => one.Raw.Milliseconds(percent))),
            .. Interval.Cpu([.. runs.Select(one => one.Interval)]),
        ];
    }

    // p95 is told; p50 and p99 have a target: half again as long as the bare one, and a millisecond.
    private static Figure Judged(IReadOnlyList<LatencyRun> runs, int percent)
    {
        var limit = new Spread([.. runs.Select(one => one.Raw.Milliseconds(percent))]).Median;
        var target = percent == 95 ? null : Target.AtMost(1.5 * limit + 1);
        return Figure.Of($"result, p{percent}", "ms", runs, one => one.Jobs.Milliseconds(percent)) with { RawLimit = limit, Target = target };
    }

    private static async Task<LatencyRun> OnceAsync(BenchmarkRun run, int warmUp, int count, CancellationToken cancellation)
    {
        var settings = AppSettings.New(run.Servers);
        var (app, address) = await AppProcess.StartAndListenAsync(settings, cancellation);
        await using var running = app;
        using var connection = await HttpConnection.OpenAsync(address, cancellation);
        var request = HttpConnection.Post(address, "/api/jobs/demo.noop?wait=10s", "{}");
        // The runtime compiles what is often called anew, for ten seconds and more, on the same two processors.
        for (var i = 0; i < warmUp; i++)
            await WaitAsync();

        var from = Sample.Take(run.Clock, 0, app.Pid, run.Servers);
        var taken = new List<TimeSpan>();
        for (var i = 0; i < count; i++)
            taken.Add(await WaitAsync());
        var to = Sample.Take(run.Clock, count, app.Pid, run.Servers);

        await new JobProgress(settings, warmUp + count, run.Clock).AssertAllSucceededAsync();
        return new(new(from, to, run.Clock), new(taken), await RawRoundTrip.MeasureAsync(run, count / 5, count, cancellation));

        async Task<TimeSpan> WaitAsync()
        {
            var began = run.Clock.GetTimestamp();
            if (await connection.SendAsync(request, cancellation) is var status and not Ended)
                throw new BenchmarkException($"A job was answered {status} instead of {Ended}: it did not end in time.");
            return run.Clock.GetElapsedTime(began);
        }
    }

    private sealed record LatencyRun(Interval Interval, Latencies Jobs, Latencies Raw)
    {
        public override string ToString() => $"{Jobs}; bare {Raw}";
    }
}
