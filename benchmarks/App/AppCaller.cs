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

    /// <summary>What else the engine has registered.</summary>
    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    private JobClient Jobs => services.GetRequiredService<JobClient>();

    /// <summary>Enqueues the same job many times, in bulk.</summary>
    public async Task EnqueueManyAsync(string job, object arguments, int count, CancellationToken cancellation)
    {
        var request = JobRequest.Of(job, JsonSerializer.SerializeToElement(arguments));
        foreach (var chunk in Enumerable.Repeat(request, count).Chunk(ChunkSize))
            await Jobs.EnqueueAsync(chunk, cancellation);
    }

    /// <summary>The same with jobs that do nothing.</summary>
    public Task EnqueueNoopsAsync(int count, CancellationToken cancellation) => EnqueueManyAsync("demo.noop", new { }, count, cancellation);

    /// <summary>Enqueues jobs that do nothing, one after the other: what comes together may travel together, and these are to have a message each.</summary>
    public async Task EnqueueEachAsync(int count, CancellationToken cancellation)
    {
        var arguments = JsonSerializer.SerializeToElement(new { });
        for (var i = 0; i < count; i++)
            await Jobs.EnqueueAsync("demo.noop", arguments, cancellation: cancellation);
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
