using BenchmarkDotNet.Attributes;
using Benchmarks.App;
using Benchmarks.Servers;
using LocalServers;
using Lovage.Processing;
using Lovage.Queue;
using Lovage.Store;

namespace Benchmarks.Micro;

/// <summary>What the store takes to give jobs to a worker, ten at once, and to have their ends: on a Redis of its own.</summary>
[MemoryDiagnoser]
public class StoreBenchmarks
{
    private const int Together = AppCaller.Concurrency;
    private const int Jobs = 100 * Together;

    private readonly List<JobEnvelope[]> waiting = [];
    private BenchmarkServers servers = null!;
    private AppCaller app = null!;

    [GlobalSetup]
    public async Task PrepareAsync()
    {
        servers = await BenchmarkServers.StartAsync(RedisKind.Preferred, CancellationToken.None);
        app = await AppCaller.CreateAsync(AppSettings.New(servers), CancellationToken.None);
    }

    [GlobalCleanup]
    public async Task CleanUpAsync()
    {
        await app.DisposeAsync();
        await servers.DisposeAsync();
    }

    /// <summary>Records what the next iteration claims.</summary>
    [IterationSetup]
    public void Record()
    {
        JobEnvelope[] jobs = [.. Enumerable.Range(0, Jobs).Select(_ => SampleJob.New())];
        // An iteration's setup cannot wait.
        app.Get<IJobStore>().CreateAsync(jobs, CancellationToken.None).GetAwaiter().GetResult();
        waiting.Clear();
        waiting.AddRange(jobs.Chunk(Together));
    }

    [Benchmark(OperationsPerInvoke = Jobs)]
    public async Task ClaimAndSettle()
    {
        var (claimer, settler) = (app.Get<JobClaimer>(), app.Get<JobSettler>());
        var settlement = Settlement.Succeeded("\"done\""u8.ToArray());
        foreach (var jobs in waiting)
        {
            var outcome = await claimer.ClaimAsync(jobs, alone: false, CancellationToken.None);
            if (outcome.Claimed.Count != jobs.Length)
                throw new BenchmarkException($"{outcome.Claimed.Count} of {jobs.Length} jobs were claimed.");
            await Task.WhenAll(outcome.Claimed.Select(job => settler.SettleAsync(job, settlement, CancellationToken.None)));
        }
    }
}
