using Lovage;
using Lovage.Queue;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FunctionApp.Tests.Lovage.CrashPoints;

/// <summary>
/// A scenario in one process, in which something goes wrong at one point; then what comes after: another process if this one has died, sweeps, and time
/// that passes. At the end everybody has got what they were promised.
/// </summary>
internal sealed class CrashRun : IAsyncDisposable
{
    // Each is a sweep and a quarter of an hour: a lost message is noticed in the first, and a job has three attempts.
    private const int MostRounds = 8;

    private static readonly TimeSpan Round = TimeSpan.FromMinutes(11);

    private readonly Scenario scenario;
    private readonly ConnectionMultiplexer shared;
    private readonly Calls calls;
    private readonly ImpatientTime time = new();
    private readonly Witness witness = new();
    private readonly Engine engine;
    private readonly FaultyConnection keeper;
    private readonly Outside outside;
    private Engine? survivor;

    public CrashRun(string redis, ConnectionMultiplexer shared, Scenario scenario, CrashPoint point)
    {
        (this.scenario, this.shared, calls) = (scenario, shared, new(point));
        engine = new(redis, Configure, services => Add(services, calls, s => new FaultyQueue(engine!.Queue, calls)), typeof(CrashJobs));
        keeper = new(engine.Get<IOptions<LovageOptions>>(), new(CrashPoint.None), shared);
        outside = new(engine, engine.Queue, keeper, time) { Witness = witness };
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public int Calls => calls.Count;

    public string Hit => calls.Hit ?? "not reached";

    /// <summary>How many jobs there are.</summary>
    public int Jobs => outside.Promises.Count;

    /// <summary>How many bodies were begun.</summary>
    public int Runs => witness.TotalRuns;

    public async Task PlayAsync()
    {
        await outside.PassAsync(TimeSpan.Zero);
        await scenario.ArrangeAsync(outside);
        calls.AreCounted = true;
        try
        {
            await scenario.PlayAsync(outside);
        }
        catch (ProcessDiedException)
        {
            survivor = engine.NewProcess(services => Add(services, new(CrashPoint.None), _ => engine.Queue));
            outside.Process = survivor;
        }
        var hasDied = calls.HasDied;
        calls.AreCounted = false;
        if (hasDied)
            await EndLeasesAsync();
        // A process that was told to stop has stopped by now.
        await witness.Shutdown.CancelAsync();
        await scenario.AskAgainAsync(outside);
        await RecoverAsync();
        await new Verdict(outside, keeper, hasDied, scenario.MostJobs).CheckAsync();
    }

    public async ValueTask DisposeAsync()
    {
        calls.End();
        await EndLeasesAsync();
        // Or each would open a connection of its own, to give up a lease that is gone.
        foreach (var lease in new[] { engine, survivor }.OfType<Engine>().Select(process => process.Get<WorkerLease>()))
        {
            if (lease.Worker is { } worker)
                await lease.RefreshAsync(worker, Cancel);
        }
        if (survivor is not null)
            await survivor.DisposeAsync();
        await engine.DisposeAsync();
        var left = await Keys.ReadAsync(keeper);
        await keeper.CallAsync(db => db.KeyDeleteAsync(left), Cancel);
        keeper.Dispose();
    }

    private static void Configure(LovageOptions options)
    {
        options.MaxAttempts = CrashJobs.MaxAttempts;
        options.KeepSucceeded = TimeSpan.FromHours(6);
    }

    private void Add(IServiceCollection services, Calls calls, Func<IServiceProvider, IJobQueue> queue)
    {
        services.AddSingleton(witness).AddSingleton<TimeProvider>(time);
        services.AddSingleton<RedisConnection>(s => new FaultyConnection(s.GetRequiredService<IOptions<LovageOptions>>(), calls, shared));
        services.AddSingleton(queue);
    }

    // What has died does not renew them.
    private async Task EndLeasesAsync()
    {
        var workers = keeper.Keys.Workers;
        var members = await keeper.CallAsync(db => db.SetMembersAsync(workers), Cancel);
        await keeper.CallAsync(db => db.KeyDeleteAsync([.. members.Select(worker => keeper.Keys.Lease(new((string)worker!)))]), Cancel);
    }

    private async Task RecoverAsync()
    {
        for (var round = 0; round < MostRounds; round++)
        {
            await outside.SweepAsync();
            await outside.PassAsync(Round);
            // Not until there are none: what comes early is sent again.
            await outside.DeliverAsync();
        }
        Assert.False(outside.HasMessages, $"After {MostRounds} sweeps there are still messages.");
    }
}
