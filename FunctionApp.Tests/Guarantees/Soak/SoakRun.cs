using FunctionApp.Tests.FunctionApp.CommandLine;
using FunctionApp.Tests.Guarantees.Soak.Chaos;
using FunctionApp.Tests.Guarantees.Soak.Faults;
using FunctionApp.Tests.Guarantees.Soak.Load;
using FunctionApp.Tests.Guarantees.Soak.Memory;
using LocalServers;

namespace FunctionApp.Tests.Guarantees.Soak;

/// <summary>One soak from its servers to its report.</summary>
internal sealed class SoakRun(RealServers servers, SoakSettings soak)
{
    private static readonly TimeSpan WatchPause = TimeSpan.FromMilliseconds(500);

    // Retries, lost messages, and dead workers' jobs that run alone, one after the other.
    private static readonly TimeSpan LongestEnd = TimeSpan.FromMinutes(3);

    // The host of a killed worker has hidden its messages for half a minute, some of them again and again.
    private static readonly TimeSpan LongestHidden = TimeSpan.FromMinutes(3);

    private readonly Random random = new(soak.Seed);
    private readonly string faultFolder = servers.NewFolder();

    public async Task RunAsync()
    {
        var redis = await servers.NewRedisAsync(RedisKind.RedisServer);
        var (azurite, storage) = await servers.NewAzuriteAsync();
        var settings = soak.Of(AppSettings.Of(servers, storage, redis.Address));
        using var faults = new FaultSource(random.Next(), Path.Combine(faultFolder, "caller"));
        await using var caller = new SoakCaller(settings, SoakSettings.BatchSize, faults);
        var ledger = new SoakLedger(caller.Jobs);
        var load = new SteadyLoad(caller, ledger, new Random(random.Next()));
        await using var workers = new WorkerChaos(soak, settings, faultFolder, new Random(random.Next()));
        var memory = new MemoryWatch(workers, redis, azurite, soak.SampleInterval);
        var report = new SoakReport(soak, ledger.Figures, load, workers, memory, () => FaultCounts.Read(faultFolder));
        try
        {
            await workers.StartAsync();
            using var over = new CancellationTokenSource(soak.Length, TimeProvider.System);
            var until = over.Token;
            await AllAsync(over, load.RunAsync(until), workers.RunAsync(until), ledger.RunAsync(until), memory.RunAsync(until), WatchAsync(workers, until));
            await ledger.CloseAsync(LongestEnd);
            await LeaveNothingAsync(redis.Address, settings, workers);
        }
        catch (Exception e)
        {
            report.Write($"FAILED: {e}");
            throw;
        }
        report.Write();
        EverySiteHadFaults();
        if (soak.IsWhole)
            MemoryIsFlat(MemoryJudgement.Of(memory));
    }

    private async Task LeaveNothingAsync(string redis, AppSettings settings, WorkerChaos workers)
    {
        using var left = new StoreLeftovers(redis, settings);
        await left.AreGoneAsync(["queued", "scheduled", "running", "held:"], LongestEnd);
        if (soak.IsWhole)
        {
            await new QueueLeftovers(settings).AreGoneAsync(LongestHidden);
            await left.AreGoneAsync(["job:", "succeeded", "failed", "cancelled", "expired", "finished:"], SoakSettings.Keep * 2);
        }
        workers.MustLive();
        await left.DeadWorkersAreForgottenAsync(LongestEnd);
        await workers.StopAsync();
        await left.AreGoneAsync(["lease:", "workers"], LongestEnd);
    }

    // A harness whose faults have come loose would find nothing.
    private void EverySiteHadFaults()
    {
        var counts = FaultCounts.Read(faultFolder);
        Assert.All(Enum.GetValues<FaultSite>(), site => Assert.True(counts.CallsOf(site) > counts.Of(site, Fault.None), $"{site} had no fault."));
    }

    private void MemoryIsFlat(IReadOnlyList<(string Name, MemoryTrend Trend, bool IsFlat)> judged)
    {
        // Redis and the worker that is never killed, by two measures each; a soak that is too short for a judgement has none.
        if (soak.Length > MemoryJudgement.LongEnough + TimeSpan.FromMinutes(1))
            Assert.True(judged.Count >= 4, $"Only {judged.Count} memories were measured long enough to be judged.");
        Assert.All(judged, one => Assert.True(one.IsFlat, $"The memory of {one.Name} grows: {one.Trend}"));
    }

    private static async Task WatchAsync(WorkerChaos workers, CancellationToken over)
    {
        while (true)
        {
            workers.MustLive();
            await Task.Delay(WatchPause, TimeProvider.System, over);
        }
    }

    // The first that fails ends the others; all have ended before anything is disposed.
    private static async Task AllAsync(CancellationTokenSource over, params Task[] loops)
    {
        var failures = new List<Exception>();
        await foreach (var loop in Task.WhenEach(loops))
        {
            if (loop.Exception is { } failure)
                failures.Add(failure.InnerExceptions[0]);
            await over.CancelAsync();
        }
        if (failures.Count > 0)
            throw new AggregateException(failures);
    }
}
