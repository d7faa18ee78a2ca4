using Benchmarks.App;
using Benchmarks.Harness;
using Benchmarks.Measuring;
using Benchmarks.Reporting;

namespace Benchmarks.Starting;

/// <summary>What an app takes that has nothing to do: before its first job and after it.</summary>
internal sealed class MemoryBenchmark : IBenchmark
{
    public string Name => "memory";

    public string Description => "resident memory of the app, idle";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellation)
    {
        var runs = await run.RepeatAsync(() => OnceAsync(run, cancellation));
        var target = Target.AtMost(90);
        return
        [
            Figure.Of("without any job", "MiB", runs, one => one.Before / ResidentMemory.MiB) with { Target = target },
            Figure.Of("after the first job", "MiB", runs, one => one.After / ResidentMemory.MiB) with { Target = target },
        ];
    }

    private static async Task<MemoryRun> OnceAsync(BenchmarkRun run, CancellationToken cancellation)
    {
        // By then all that is started with the app has been at work for some rounds.
        var pause = TimeSpan.FromSeconds(run.Size.IsSmall ? 0.1 : 10);
        var settings = AppSettings.New(run.Servers);
        var (app, _) = await AppProcess.StartAndListenAsync(settings, cancellation);
        await using var running = app;
        await Task.Delay(pause, run.Clock, cancellation);
        var before = ResidentMemory.Of(app.Pid);

        await using (var caller = await AppCaller.CreateAsync(settings, cancellation))
            await caller.EnqueueEachAsync(1, cancellation);
        var progress = new JobProgress(settings, 1, run.Clock);
        await progress.ReachAsync(1, app, cancellation);
        await Task.Delay(pause, run.Clock, cancellation);
        await progress.AssertAllSucceededAsync();
        return new(before, ResidentMemory.Of(app.Pid));
    }

    private sealed record MemoryRun(long Before, long After)
    {
        public override string ToString() => $"{Before / ResidentMemory.MiB:0.0} MiB, then {After / ResidentMemory.MiB:0.0} MiB";
    }
}
