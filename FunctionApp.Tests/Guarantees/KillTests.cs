using FunctionApp.Tests.FunctionApp.CommandLine;

namespace FunctionApp.Tests.Guarantees;

/// <summary>
/// Worker processes of one app die by SIGKILL, at every named point and at any moment, and are started again, while jobs come in. Every accepted job is
/// there (I2) and ends once, with its own result (I1), an end that was seen never changes (I3), and no worker grows beyond a bound (I4).
/// </summary>
public sealed class KillTests(RealServers servers)
{
    private const int MostOpen = 40;
    private const int Workers = 3;

    // Four times what a worker takes that has just started.
    private const long MostBytes = 512L << 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    [Fact]
    public Task Kill_WorkersAtEveryPoint_200JobsEndOnce() => RunAsync(jobs: 200, rounds: 1, TimeSpan.FromMinutes(3));

    // Some minutes. Run by .ci/long.
    [Fact(Explicit = true)]
    public Task Kill_WorkersAgainAndAgain_2000JobsEndOnce() => RunAsync(jobs: 2_000, rounds: 10, TimeSpan.FromMinutes(15), untilQueuesAreEmpty: true);

    private async Task RunAsync(int jobs, int rounds, TimeSpan longest, bool untilQueuesAreEmpty = false)
    {
        var plan = KillPlan.Draw(Workers, rounds);
        TestContext.Current.TestOutputHelper!.WriteLine($"{plan}");
        // A kill from outside may hit a job that runs alone: no number of them may make it a crash.
        var settings = AppSettings.Shared(servers).Hurried().With("Lovage__MaxCrashes", "100");
        await using var caller = new Caller(settings, Settings.PackSize);
        var ledger = new Ledger(caller.Jobs);
        var workers = plan.Workers.Select(lives => new Worker(settings, lives)).ToArray();
        try
        {
            await FeedAsync(ledger, workers, jobs, plan.Random, longest);
            await ledger.EndsStandAsync();
            if (untilQueuesAreEmpty)
                await caller.QueuesAreEmptyAsync(TimeSpan.FromMinutes(2));
            await Task.WhenAll(workers.Select(worker => worker.StopAsync()));
            await ledger.EndsStandAsync();
        }
        finally
        {
            foreach (var worker in workers)
                await worker.DisposeAsync();
        }
        var peak = workers.Max(worker => worker.PeakBytes);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{ledger.Ended} jobs ended, {plan.Workers.Sum(lives => lives.Count)} workers died, the largest had {peak >> 20} MiB.");
        Assert.InRange(peak, 0, MostBytes);
    }

    // Jobs come in for as long as somebody has to die: a death needs work to happen in.
    private static async Task FeedAsync(Ledger ledger, Worker[] workers, int jobs, Random random, TimeSpan longest)
    {
        using var limit = new CancellationTokenSource(longest);
        while (true)
        {
            var isFed = ledger.Accepted >= jobs && workers.All(worker => worker.IsOnLastLife);
            if (isFed && ledger.Open == 0)
                return;
            if (!isFed && ledger.Open < MostOpen)
                await ledger.EnqueueAsync(random.Next(1, 20), random);
            await ledger.ReadOpenAsync();
            foreach (var worker in workers)
                await worker.TendAsync(ledger.Ended);
            if (limit.IsCancellationRequested)
            {
                var unfinished = workers.Count(worker => !worker.IsOnLastLife);
                Assert.Fail($"Not over within {longest}: {ledger.Ended} jobs ended, {ledger.Open} are open; {unfinished} workers have lives left.");
            }
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
    }
}
