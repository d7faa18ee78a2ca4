using System.Text.Json;
using FunctionApp.Tests.FunctionApp.CommandLine;
using Lovage.Client;
using Lovage.Jobs;

namespace FunctionApp.Tests.Guarantees;

/// <summary>A job that ends its process is a dead letter after three crashes while it ran alone. Its neighbours all succeed.</summary>
public sealed class PillTests(RealServers servers)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    [Theory]
    [InlineData("guarantee.fail-fast")]
    public Task Crash_OneJobAmong60_FailsAloneAndTheOthersSucceed(string pill) => RunAsync(pill, 60, TimeSpan.FromMinutes(3));

    // Some minutes. Run by .ci/long.
    [Theory(Explicit = true)]
    [InlineData("guarantee.fail-fast")]
    [InlineData("guarantee.overflow")]
    public Task Crash_OneJobAmong1000_FailsAloneAndTheOthersSucceed(string pill) => RunAsync(pill, 1_000, TimeSpan.FromMinutes(10));

    private async Task RunAsync(string pill, int neighbours, TimeSpan longest)
    {
        var settings = AppSettings.Shared(servers).Hurried();
        await using var caller = new Caller(settings, Settings.PackSize);
        var ledger = new Ledger(caller.Jobs);
        await ledger.EnqueueAsync(neighbours / 2, new Random(1));
        var id = await caller.Jobs.EnqueueAsync(pill, JsonSerializer.SerializeToElement(new { }), new EnqueueOptions { MaxAttempts = 1 });
        await ledger.EnqueueAsync(neighbours - neighbours / 2, new Random(2));

        await using var worker = new CrashingWorkers(settings, 2);
        using var limit = new CancellationTokenSource(longest);
        while (ledger.Open > 0 || !(await caller.Jobs.GetAsync(id))!.State.IsFinal())
        {
            await worker.TendAsync();
            await ledger.ReadOpenAsync();
            await Task.Delay(Pause, TimeProvider.System, limit.Token);
        }

        var dead = (await caller.Jobs.GetAsync(id))!;
        Assert.Equal((JobState.Failed, FailureReason.Crashed), (dead.State, dead.Reason));
        // Three alone, and at most one in company: the first.
        Assert.InRange(worker.Crashes, 3, 4);
        await ledger.EndsStandAsync();
        TestContext.Current.TestOutputHelper!.WriteLine($"{worker.Crashes} crashes, {ledger.Ended} neighbours succeeded.");
    }
}
