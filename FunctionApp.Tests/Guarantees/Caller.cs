using Azure.Storage.Queues;
using FunctionApp.Jobs;
using FunctionApp.Tests.FunctionApp.CommandLine;
using FunctionApp.Tests.Guarantees.Workers;
using Lovage;
using Lovage.Client;
using Lovage.Jobs;
using Lovage.Store;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Guarantees;

/// <summary>A process that enqueues and runs nothing: this one. It survives the workers.</summary>
internal sealed class Caller : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly QueueClient[] queues;

    public Caller(AppSettings settings, int packSize)
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddLovage(options =>
        {
            options.StorageConnectionString = settings.Storage;
            options.QueueName = settings.Queue;
            options.RedisConfiguration = settings.Redis;
            options.KeyPrefix = settings.Variables["Lovage__KeyPrefix"];
            options.Concurrency = packSize;
        }).AddJobs(typeof(DemoJobs).Assembly).AddJobs<WorkerJobs>();
        services = collection.BuildServiceProvider();
        queues = [.. new[] { settings.Queue, $"{settings.Queue}-poison" }.Select(name => new QueueClient(settings.Storage, name))];
    }

    public JobClient Jobs => services.GetRequiredService<JobClient>();

    /// <summary>Waits until no message is left, those that are hidden for a dead worker included.</summary>
    public async Task QueuesAreEmptyAsync(TimeSpan longest)
    {
        using var limit = new CancellationTokenSource(longest);
        foreach (var queue in queues)
        {
            while ((await queue.GetPropertiesAsync(limit.Token)).Value.ApproximateMessagesCount > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, limit.Token);
        }
    }

    /// <summary>Asks about a job until it has ended.</summary>
    /// <param name="id">The job.</param>
    /// <param name="longest">How long to ask at most.</param>
    /// <param name="mayBeMissing">True while a store that was lost may not have it yet.</param>
    public async Task<JobRecord> EndOfAsync(JobId id, TimeSpan longest, bool mayBeMissing = false)
    {
        using var limit = new CancellationTokenSource(longest);
        while (true)
        {
            var job = await Jobs.GetAsync(id, limit.Token);
            if (job is null ? !mayBeMissing : job.State.IsFinal())
                return job ?? throw new InvalidOperationException($"Job {id} was accepted and is not in the store: lost.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
