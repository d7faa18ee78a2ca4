using System.Text.Json;
using Lovage;
using Lovage.Client;
using Lovage.Jobs;
using Lovage.Processing;
using Lovage.Queue;
using Lovage.Store;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Lovage;

/// <summary>The engine with a real Redis, a queue that records, and keys of its own.</summary>
internal sealed class Engine : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly Func<Action<LovageOptions>, Action<IServiceCollection>, Engine> another;

    public Engine(string redis, Action<LovageOptions>? configure = null, Action<IServiceCollection>? add = null, params Type[] jobs)
    {
        another = (change, replace) => new(redis, configure + change, add + replace, jobs);
        var collection = new ServiceCollection();
        collection.AddLogging();
        var builder = collection.AddLovage(options =>
        {
            options.StorageConnectionString = "UseDevelopmentStorage=true";
            options.QueueName = "unused";
            options.RedisConfiguration = redis;
            options.KeyPrefix = Prefix;
            options.Concurrency = 10;
            configure?.Invoke(options);
        });
        foreach (var type in jobs)
            builder.AddJobs(type);
        collection.AddSingleton<IJobQueue>(Queue);
        add?.Invoke(collection);
        services = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public string Prefix { get; } = $"test-{Guid.NewGuid():N}";

    public RecordingQueue Queue { get; } = new();

    public IServiceProvider Services => services;

    /// <summary>Another process of the same app: a worker of its own, with this one's store and queue.</summary>
    public Engine NewProcess(Action<IServiceCollection>? add = null) => another(options => options.KeyPrefix = Prefix, add + (s => s.AddSingleton<IJobQueue>(Queue)));

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public JobClient Client => services.GetRequiredService<JobClient>();

    public JobProcessor Processor => services.GetRequiredService<JobProcessor>();

    public IJobStore Store => services.GetRequiredService<IJobStore>();

    public Task<JobId> EnqueueAsync(string name, object? arguments = null) =>
        Client.EnqueueAsync(name, JsonSerializer.SerializeToElement(arguments ?? new { }), cancellation: TestContext.Current.CancellationToken);

    /// <summary>Enqueues one job and processes its message to the end.</summary>
    public async Task<JobRecord> RunAsync(string name, object? arguments = null)
    {
        var id = await EnqueueAsync(name, arguments);
        await ProcessNextAsync();
        return await GetAsync(id);
    }

    public async Task ProcessNextAsync(CancellationToken cancellation = default) =>
        await Processor.ProcessAsync(await Queue.ReceiveAsync(), cancellation).WaitAsync(Limits.Signal);

    public async Task<JobRecord> GetAsync(JobId id) =>
        await Client.GetAsync(id, TestContext.Current.CancellationToken) ?? throw new InvalidOperationException($"Job {id} is not in the store.");

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
