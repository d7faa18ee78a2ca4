using Azure.Storage.Queues;

namespace Benchmarks.Servers;

/// <summary>What is asked of Azurite itself.</summary>
internal static class QueueServer
{
    /// <summary>Deletes every queue. Azurite searches through the messages of all of them to delete one: what a run leaves would slow down the next.</summary>
    public static async Task EmptyQueuesAsync(this BenchmarkServers servers)
    {
        var service = new QueueServiceClient(servers.Storage.ConnectionString);
        await foreach (var queue in service.GetQueuesAsync())
            await service.DeleteQueueAsync(queue.Name);
    }
}
