using System.Text;
using LocalServers;
using Lovage;
using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store.Redis;
using Microsoft.Extensions.Options;

namespace FunctionApp.Tests.Lovage.Store;

public sealed class StoreSurvivalTests(RealServers servers)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(RedisKind.RedisServer, 200_000)]
    [InlineData(RedisKind.Garnet, 20_000)]
    public Task Kill_ManyQueuedJobs_AllAreThereAfterARestart(RedisKind kind, int count) => KillAsync(kind, count);

    // Takes Garnet about a minute. Run by .ci/long.
    [Fact(Explicit = true)]
    public Task Kill_200000QueuedJobsInGarnet_AllAreThereAfterARestart() => KillAsync(RedisKind.Garnet, 200_000);

    private async Task KillAsync(RedisKind kind, int count)
    {
        await using var server = await servers.NewRedisAsync(kind, inMemory: false);
        var options = Options.Create(new LovageOptions { RedisConfiguration = server.Address, KeyPrefix = "survival" });
        var jobs = Enumerable.Range(0, count).Select(i => new JobEnvelope
        {
            Id = JobId.New(TimeProvider.System),
            Name = "math.add",
            Arguments = Encoding.UTF8.GetBytes($$"""{"x":{{i}},"y":3}"""),
        }).ToArray();
        using (var before = new RedisConnection(options))
        {
            foreach (var part in jobs.Chunk(10_000))
                await new RedisJobStore(before, options).CreateAsync(part, Cancel);
        }

        await server.KillAsync(Cancel);
        await server.StartAsync(Cancel);

        using var after = new RedisConnection(options);
        var store = new RedisJobStore(after, options);
        var there = 0;
        foreach (var part in jobs.Chunk(10_000))
        {
            var records = await Task.WhenAll(part.Select(job => store.GetAsync(job.Id, Cancel)));
            there += records.Count(record => record is { State: JobState.Queued, Name: "math.add" });
        }
        Assert.Equal(count, there);
    }
}
