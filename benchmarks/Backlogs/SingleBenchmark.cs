using Benchmarks.Harness;
using Benchmarks.Measuring;
using Benchmarks.Reporting;

namespace Benchmarks.Backlogs;

/// <summary>What the engine makes of a full queue when every job has a message of its own: no more than the queue gives.</summary>
internal sealed class SingleBenchmark : IBenchmark
{
    public string Name => "single";

    public string Description => "no-op jobs, one per message, at concurrency 10, against the best bare receive and delete";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellation)
    {
        // Azurite looks through all messages for each receive: of a longer queue one would see little else.
        var jobs = run.Size.Of(usual: 2_000, small: 50);
        var runs = await run.RepeatAsync(() => OnceAsync(run, jobs, cancellation));
        var limit = new Spread([.. runs.Select(one => one.Raw.Best)]).Median;
        return
        [
            Figure.Of("jobs", "/s", runs, one => one.Jobs.Interval.PerSecond) with { RawLimit = limit, Target = Target.AtLeast(limit) },
            .. RawReceive.Parallelisms.Select((parallel, place) => Figure.Of($"bare, {parallel} at once", "/s", runs, one => one.Raw.PerSecond[place])),
            .. Interval.Cpu([.. runs.Select(one => one.Jobs.Interval)]),
            Figure.Of("queue requests", "per job", runs, one => one.Jobs.RequestsPerJob),
        ];
    }

    private static async Task<SingleRun> OnceAsync(BenchmarkRun run, int jobs, CancellationToken cancellation)
    {
        var raw = await RawReceive.MeasureAsync(run, jobs, cancellation);
        var backlog = new Backlog(jobs / 5, jobs - jobs / 5, (caller, count, stop) => caller.EnqueueEachAsync(count, stop));
        var worked = await backlog.WorkOffAsync(run, cancellation);
        if (worked.Messages != jobs)
            throw new BenchmarkException($"{jobs:N0} jobs came in {worked.Messages:N0} messages: this is not one per message.");
        return new(worked, raw);
    }

    private sealed record SingleRun(BacklogRun Jobs, RawReceive Raw)
    {
        public override string ToString() => $"{Jobs}; bare {Raw.Best:N0}/s";
    }
}
