using Lovage.Jobs;
using Lovage.Queue;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FunctionApp.Tests.Lovage.Queue;

public sealed class ExpectedDurationsTests(RealServers servers)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_JobHasRun_IsAboutAsLongAsItRan()
    {
        await using var engine = NewEngine();
        var durations = engine.Get<ExpectedDurations>();
        Assert.Null(durations.Of("wait.for"));
        await engine.RunAsync("wait.for", new { seconds = 2 });
        Assert.Equal(2, durations.Of("wait.for"));
        for (var i = 0; i < 30; i++)
            durations.Ran("wait.for", TimeSpan.FromSeconds(4));
        Assert.InRange(durations.Of("wait.for")!.Value, 3.9, 4);
    }

    [Fact]
    public async Task Ran_NoJobOfThisApp_IsNotKept()
    {
        await using var engine = NewEngine();
        engine.Get<ExpectedDurations>().Ran("nobody.knows", TimeSpan.FromSeconds(1));
        Assert.Null(engine.Get<ExpectedDurations>().Of("nobody.knows"));
    }

    [Fact]
    public async Task Share_AnotherProcess_HearsOfIt()
    {
        await using var worker = NewEngine();
        await worker.RunAsync("wait.for", new { seconds = 3 });
        await using var web = worker.NewProcess();
        var heard = web.Get<ExpectedDurations>();
        await heard.RefreshAsync(Cancel);
        Assert.Null(heard.Of("wait.for"));

        await worker.Get<ExpectedDurations>().ShareAsync(Cancel);
        web.Get<FakeTimeProvider>().Advance(TimeSpan.FromSeconds(5));
        await heard.RefreshAsync(Cancel);
        Assert.Equal(3, heard.Of("wait.for"));
    }

    private Engine NewEngine()
    {
        var time = new FakeTimeProvider();
        return new(servers.RedisConnectionString, add: s => s.AddSingleton<TimeProvider>(time).AddSingleton(time), jobs: typeof(WaitJobs));
    }

    private sealed class WaitJobs(FakeTimeProvider time)
    {
        [Job("wait.for")]
        public void Wait(double seconds) => time.Advance(TimeSpan.FromSeconds(seconds));
    }
}
