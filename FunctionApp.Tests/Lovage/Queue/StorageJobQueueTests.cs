using FunctionApp.Tests.EmbeddedHost.Harness;
using Lovage;
using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store.Redis;
using Microsoft.Extensions.Options;

namespace FunctionApp.Tests.Lovage.Queue;

public sealed class StorageJobQueueTests(RealServers servers)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Count_QueuesThatDoNotExist_IsZero() =>
        Assert.Equal(new(0, 0), await QueueOf(servers.StorageConnectionString, $"test-{Guid.NewGuid():N}").CountAsync(Cancel));

    [Fact]
    public async Task Count_CountsTheMessagesOfBoth_HiddenOnesToo()
    {
        var test = new TestQueue(servers.StorageConnectionString);
        var queue = QueueOf(servers.StorageConnectionString, test.Name);
        await queue.SendAsync(Jobs(3), maxJobs: 1, TimeSpan.Zero, Cancel);
        await queue.SendAsync(Jobs(2), maxJobs: 1, TimeSpan.FromHours(1), Cancel);
        Assert.Equal(new(5, 0), await queue.CountAsync(Cancel));

        await test.Poison.CreateAsync(cancellationToken: Cancel);
        await test.Poison.SendMessageAsync("given up", Cancel);
        Assert.Equal(new(5, 1), await queue.CountAsync(Cancel));
    }

    [Fact]
    public async Task Count_NobodyAnswers_IsUnavailable()
    {
        var queue = QueueOf(RealServers.NewStorageConnectionString(), "test");
        var error = await Assert.ThrowsAsync<JobQueueUnavailableException>(() => queue.CountAsync(Cancel));
        Assert.StartsWith("Storage queue 'test' is unavailable: ", error.Message, StringComparison.Ordinal);
    }

    internal static StorageJobQueue QueueOf(string storage, string name, int concurrency = 10)
    {
        var options = Options.Create(new LovageOptions { StorageConnectionString = storage, QueueName = name, RedisConfiguration = "127.0.0.1:1", Concurrency = concurrency });
        var redis = new RedisConnection(options);
        return new(new(new(redis), new(), TimeProvider.System), new(redis, TimeProvider.System), options);
    }

    private static JobEnvelope[] Jobs(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new JobEnvelope { Id = JobId.New(TimeProvider.System), Name = "math.add", Arguments = "{}"u8.ToArray() })];
}
