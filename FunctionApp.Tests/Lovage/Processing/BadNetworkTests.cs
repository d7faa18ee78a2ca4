using System.Text.Json;
using Lovage.Client;
using Lovage.Jobs;
using Lovage.Processing;
using Lovage.Queue;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FunctionApp.Tests.Lovage.Processing;

/// <summary>The way to the store is slow and breaks: at every step, by a seeded chance.</summary>
public sealed class BadNetworkTests(RealServers servers)
{
    private const int Jobs = 200;

    private readonly Stage stage = new();

    [Theory]
    [InlineData(20, 0, 1)]
    [InlineData(2, 25, 2)]
    [InlineData(2, 25, 3)]
    public async Task Process_StoreIsSlowOrItsConnectionsAreReset_EveryJobEndsOnce(int longestDelayMilliseconds, int oneResetIn, int seed)
    {
        await using var proxy = new FaultProxy(servers.RedisConnectionString, seed);
        // One job a message: every step of every job crosses the network by itself.
        await using var direct = new Engine(servers.RedisConnectionString, options => options.Concurrency = 1, s => s.AddSingleton(stage), typeof(StageJobs));
        await using var worker = new Engine(
            $"{proxy.Address},connectTimeout=1000,asyncTimeout=1000,syncTimeout=1000",
            options =>
            {
                Configure(options);
                options.KeyPrefix = direct.Prefix;
            },
            s => s.AddSingleton(stage).AddSingleton<IJobQueue>(direct.Queue), typeof(StageJobs));
        var request = JobRequest.Of("stage.count", JsonSerializer.SerializeToElement(new { }));
        var ids = await direct.Client.EnqueueAsync(Enumerable.Repeat(request, Jobs).ToArray(), TestContext.Current.CancellationToken);
        proxy.LongestDelay = TimeSpan.FromMilliseconds(longestDelayMilliseconds);
        proxy.OneResetIn = oneResetIn;

        using var limit = new CancellationTokenSource(Limits.Signal * 2);
        var sweeper = worker.Services.GetServices<IHostedService>().OfType<Sweeper>().Single();
        await sweeper.StartAsync(limit.Token);
        await ProcessUntilEndedAsync(direct, worker, ids, limit.Token);
        await sweeper.StopAsync(limit.Token);

        var ended = await Task.WhenAll(ids.Select(direct.GetAsync));
        Assert.All(ended, job => Assert.Equal((JobState.Succeeded, 1), (job.State, job.Attempt)));
        Assert.Equal(Jobs, stage.Runs.Count);
        if (oneResetIn > 0)
            Assert.NotEqual(0, proxy.Resets);
    }

    private static void Configure(global::Lovage.LovageOptions options)
    {
        options.LeaseDuration = TimeSpan.FromSeconds(5);
        options.SweepInterval = TimeSpan.FromSeconds(1);
        options.OvertakenAfter = options.UnclaimedAfter = TimeSpan.FromSeconds(2);
    }

    // As a queue trigger would: a message whose processing throws is delivered again.
    private static async Task ProcessUntilEndedAsync(Engine direct, Engine worker, IReadOnlyList<JobId> ids, CancellationToken limit)
    {
        var open = ids.ToHashSet();
        while (open.Count > 0)
        {
            var messages = direct.Queue.Drain();
            if (messages.Count == 0)
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit);
            await Task.WhenAll(messages.Select(async message =>
            {
                try
                {
                    await worker.Processor.ProcessAsync(message, CancellationToken.None).WaitAsync(limit);
                }
                catch (global::Lovage.Store.JobStoreUnavailableException)
                {
                    await direct.Queue.SendAsync(MessageReader.Read(message).Jobs, 1, TimeSpan.Zero, limit);
                }
            }));
            foreach (var id in open.ToArray())
            {
                if ((await direct.GetAsync(id)).State.IsFinal())
                    open.Remove(id);
            }
        }
    }
}
