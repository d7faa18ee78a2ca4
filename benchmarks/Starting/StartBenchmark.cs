using Benchmarks.App;
using Benchmarks.Harness;
using Benchmarks.Measuring;
using Benchmarks.Reporting;

namespace Benchmarks.Starting;

/// <summary>How long a job waits for a new process.</summary>
internal sealed class StartBenchmark : IBenchmark
{
    // The spread of a start is wide.
    private const int LeastRuns = 7;

    public string Name => "start";

    public string Description => "start of the app's process to the end of its first job, which waits in the queue";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellation)
    {
        // The first one reads the program from the disk and makes the app's database.
        if (!run.Size.IsSmall)
            await OnceAsync(run, cancellation);
        var runs = await run.RepeatAsync(() => OnceAsync(run, cancellation), LeastRuns);
        return
        [
            Figure.Of("first job done", "s", runs, one => one.Elapsed.TotalSeconds) with { Target = Target.AtMost(0.6) },
            Figure.Of("CPU of the app", "s", runs, one => one.To.App.TotalSeconds),
        ];
    }

    private static async Task<StartRun> OnceAsync(BenchmarkRun run, CancellationToken cancellation)
    {
        var settings = AppSettings.New(run.Servers);
        await using (var caller = await AppCaller.CreateAsync(settings, cancellation))
            await caller.EnqueueEachAsync(1, cancellation);
        var began = run.Clock.GetTimestamp();
        await using var app = AppProcess.Start(settings);
        var progress = new JobProgress(settings, 1, run.Clock);
        await progress.ReachAsync(1, app, cancellation);
        var to = Sample.Take(run.Clock, 1, app.Pid, run.Servers);
        await progress.AssertAllSucceededAsync();
        return new(run.Clock.GetElapsedTime(began, to.Timestamp), to);
    }

    private sealed record StartRun(TimeSpan Elapsed, Sample To)
    {
        public override string ToString() => $"{Elapsed.TotalSeconds:0.000} s";
    }
}
