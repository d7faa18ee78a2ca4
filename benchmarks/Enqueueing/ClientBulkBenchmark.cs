using Benchmarks.App;
using Benchmarks.Harness;
using Benchmarks.Measuring;
using Benchmarks.Reporting;

namespace Benchmarks.Enqueueing;

/// <summary>What the client takes from code: it runs in this process, which so is the app whose processor time is told.</summary>
internal sealed class ClientBulkBenchmark : IBenchmark
{
    public string Name => "client-bulk";

    public string Description => "JobClient.EnqueueAsync with 10,000 jobs a call";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellation)
    {
        var jobs = run.Size.Of(usual: 10 * AppCaller.ChunkSize, small: 100);
        var runs = await run.RepeatAsync(() => OnceAsync(run, jobs, cancellation));
        return [Figure.Of("jobs", "/s", runs, one => one.PerSecond) with { Target = Target.AtLeast(40_000) }, .. Interval.Cpu(runs)];
    }

    private static async Task<Interval> OnceAsync(BenchmarkRun run, int jobs, CancellationToken cancellation)
    {
        var settings = AppSettings.New(run.Servers);
        await Rehearsal.PlayNoopsAsync(run, settings, cancellation);
        await using var caller = await AppCaller.CreateAsync(settings, cancellation);
        // This process is a new one in the first run: its code is compiled then.
        var warmUp = jobs;
        await caller.EnqueueNoopsAsync(warmUp, cancellation);

        var from = Sample.Take(run.Clock, 0, Environment.ProcessId, run.Servers);
        await caller.EnqueueNoopsAsync(jobs, cancellation);
        var to = Sample.Take(run.Clock, jobs, Environment.ProcessId, run.Servers);

        await new JobProgress(settings, warmUp + jobs, run.Clock).AssertAllQueuedAsync();
        return new(from, to, run.Clock);
    }
}
