using System.Text.Json;
using FunctionApp.Jobs;
using Lovage;
using Lovage.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Benchmarks.App;

/// <summary>The engine's client in the benchmark's own process, as a program beside the app has it.</summary>
internal sealed class AppCaller : IAsyncDisposable
{
    /// <summary>host.json's batchSize, and so the app's concurrency.</summary>
    public const int Concurrency = 10;

    private static readonly JsonElement NoArguments = JsonSerializer.SerializeToElement(new { });

    private readonly ServiceProvider services;

    public AppCaller(AppSettings settings)
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

    public JobClient Jobs => services.GetRequiredService<JobClient>();

    /// <summary>Enqueues jobs that do nothing, in bulk.</summary>
    public async Task EnqueueAsync(int count, CancellationToken cancellation)
    {
        foreach (var chunk in Enumerable.Repeat(JobRequest.Of("demo.noop", NoArguments), count).Chunk(ChunkSize))
            await Jobs.EnqueueAsync(chunk, cancellation);
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    // As many as one HTTP request may bring.
    private const int ChunkSize = 10_000;
}
