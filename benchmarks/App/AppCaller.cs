using System.Text.Json;
using FunctionApp.Jobs;
using Lovage;
using Lovage.Client;
using Lovage.Health;
using Microsoft.Extensions.DependencyInjection;

namespace Benchmarks.App;

/// <summary>The engine's client in the benchmark's own process, as a program beside the app has it.</summary>
internal sealed class AppCaller : IAsyncDisposable
{
    /// <summary>host.json's batchSize, and so the app's concurrency.</summary>
    public const int Concurrency = 10;

    /// <summary>So many jobs are given to the client at once: as many as one HTTP request may bring.</summary>
    public const int ChunkSize = 10_000;

    private readonly ServiceProvider services;

    private AppCaller(AppSettings settings)
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddLovage(options =>
        {
            options.StorageConnectionString = settings.Servers.Storage.ConnectionString;
            options.RedisConfiguration = settings.Servers.RedisAddress;
            options.QueueName = settings.Queue;
            options.KeyPrefix = settings.KeyPrefix;
            options.Concurrency = Concurrency;
        }).AddJobs<DemoJobs>();
        services = collection.BuildServiceProvider();
    }

    /// <summary>Makes one, and the queue, as a start of the app would have.</summary>
    public static async Task<AppCaller> CreateAsync(AppSettings settings, CancellationToken cancellation)
    {
        var caller = new AppCaller(settings);
        if (await caller.services.GetRequiredService<LovageHealth>().CheckQueueAsync(cancellation) is { } error)
            throw new BenchmarkException($"The queue cannot be made: {error}");
        return caller;
    }

    public JobClient Jobs => services.GetRequiredService<JobClient>();

    /// <summary>Enqueues the same job many times, in bulk.</summary>
    public async Task EnqueueManyAsync(string job, object arguments, int count, CancellationToken cancellation)
    {
        var request = JobRequest.Of(job, JsonSerializer.SerializeToElement(arguments));
        foreach (var chunk in Enumerable.Repeat(request, count).Chunk(ChunkSize))
            await Jobs.EnqueueAsync(chunk, cancellation);
    }

    /// <summary>Enqueues jobs that do nothing, each by itself and so in a message of its own.</summary>
    public Task EnqueueEachAsync(int count, CancellationToken cancellation)
    {
        var arguments = JsonSerializer.SerializeToElement(new { });
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = cancellation };
        return Parallel.ForAsync(0, count, parallel, async (_, stop) => await Jobs.EnqueueAsync("demo.noop", arguments, cancellation: stop));
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
