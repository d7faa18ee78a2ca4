using Benchmarks.Harness;
using Benchmarks.Measuring;
using Benchmarks.Reporting;

namespace Benchmarks.Backlogs;

/// <summary>Whether a long queue is slower than a short one, and whether it costs the worker memory.</summary>
internal sealed class MillionBenchmark : IBenchmark
{
    public string Name => "million";

    public string Description => "1,000,000 queued no-op jobs against 10,000";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellation)
    {
        var many = run.Size.Of(usual: 1_000_000, small: 200);
        var few = Math.Min(10_000, many / 2);
        var runs = await run.RepeatAsync(async () =>
        {
            var all = await OnceAsync(many);
            // That it works is shown by one of them.
            return new MillionRun(run.Size.IsSmall ? all : await OnceAsync(few), all);
        });
        BacklogRun[] queued = [.. runs.Select(one => one.Many)];
        return
        [
            Figure.Of("jobs, few queued", "/s", runs, one => one.Few.Interval.PerSecond),
            Figure.Of("jobs, many queued", "/s", queued, one => one.Interval.PerSecond),
            Figure.Of("many by few", "", runs, one => one.Ratio) with { Target = Target.AtLeast(0.9) },
            Figure.Of("memory of the app, most", "MiB", queued, one => one.Memory.Most / ResidentMemory.MiB),
            Figure.Of("memory, end by beginning", "", queued, one => one.Memory.Growth) with { Target = Target.AtMost(1.1) },
            .. Interval.Cpu([.. queued.Select(one => one.Interval)]),
            Figure.Of("queue requests", "per job", queued, one => one.RequestsPerJob),
            .. BacklogRun.Kept(queued),
        ];

        Task<BacklogRun> OnceAsync(int jobs) => Backlog.OfNoops(2 * few, jobs).WorkOffAsync(run, cancellation);
    }

    private sealed record MillionRun(BacklogRun Few, BacklogRun Many)
    {
        public double Ratio => Few.Interval.Jobs == 0 ? 0 : Many.Interval.PerSecond / Few.Interval.PerSecond;

        public override string ToString() => $"few: {Few}; many: {Many}";
    }
}
