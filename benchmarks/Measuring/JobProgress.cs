using Benchmarks.App;
using StackExchange.Redis;

namespace Benchmarks.Measuring;

/// <summary>How far the jobs of a run are, as the store sees it: a job is done when it is neither queued nor running nor scheduled.</summary>
internal sealed class JobProgress(AppSettings settings, long jobs, TimeProvider clock)
{
    // The engine keeps so many ended jobs of a name, unless it is told otherwise.
    private const int Kept = 100_000;

    // Short against any run, and three counts of the store each time: it costs a hundredth of a processor.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    // Longer than any pause of the engine between two looks for lost jobs.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly IDatabase redis = settings.Servers.Redis.GetDatabase();

    /// <summary>Waits until so many are done.</summary>
    /// <returns>How many were, when it looked.</returns>
    /// <exception cref="BenchmarkException">None was done for a long time, or the app ended.</exception>
    public async Task<long> ReachAsync(long wanted, AppProcess app, CancellationToken cancellation)
    {
        var (last, since) = (-1L, clock.GetTimestamp());
        while (true)
        {
            var done = await DoneAsync();
            if (done >= wanted)
                return done;
            if (done != last)
                (last, since) = (done, clock.GetTimestamp());
            else if (clock.GetElapsedTime(since) > Patience)
                throw new BenchmarkException($"{done:N0} of {jobs:N0} jobs are done, and for {Patience.TotalSeconds} s no other one. The app wrote last:{Environment.NewLine}{app.LastOutput}");
            app.AssertRuns();
            await Task.Delay(Pause, clock, cancellation);
        }
    }

    /// <exception cref="BenchmarkException">Some failed, or are not there.</exception>
    public async Task AssertAllSucceededAsync()
    {
        var (succeeded, failed) = (await CountAsync("succeeded"), await CountAsync("failed"));
        if (failed != 0 || (jobs <= Kept ? succeeded != jobs : succeeded < Kept))
            throw new BenchmarkException($"Of {jobs:N0} jobs {succeeded:N0} succeeded and {failed:N0} failed.");
    }

    /// <exception cref="BenchmarkException">Not all are there and wait.</exception>
    public async Task AssertAllQueuedAsync()
    {
        var queued = await CountAsync("queued");
        if (queued != jobs)
            throw new BenchmarkException($"Of {jobs:N0} jobs {queued:N0} are queued.");
    }

    private async Task<long> DoneAsync() => jobs - (await Task.WhenAll(CountAsync("queued"), CountAsync("running"), CountAsync("scheduled"))).Sum();

    private Task<long> CountAsync(string state) => redis.SortedSetLengthAsync($"{{{settings.KeyPrefix}}}:{state}");
}
