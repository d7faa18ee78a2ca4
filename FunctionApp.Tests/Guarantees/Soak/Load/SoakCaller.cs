using FunctionApp.Tests.FunctionApp.CommandLine;
using FunctionApp.Tests.Guarantees.Soak.Faults;
using Lovage;
using Lovage.Client;
using Lovage.Store;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace FunctionApp.Tests.Guarantees.Soak.Load;

/// <summary>The engine as the caller has it, with faults of its own.</summary>
internal sealed class SoakCaller : IAsyncDisposable
{
    private readonly ServiceProvider services;

    public SoakCaller(AppSettings settings, int packSize, FaultSource faults)
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
            options.KeepSucceeded = options.KeepFailed = SoakSettings.Keep;
        }).AddJobs<SoakJobs>();
        collection.AddFaults(faults);
        collection.AddSingleton(provider => new NotingStore(
            new RedisJobStore(provider.GetRequiredService<RedisConnection>(), provider.GetRequiredService<IOptions<LovageOptions>>())));
        collection.Replace(ServiceDescriptor.Singleton<IJobStore>(provider => provider.GetRequiredService<NotingStore>()));
        services = collection.BuildServiceProvider();
    }

    public JobClient Jobs => services.GetRequiredService<JobClient>();

    public NotingStore Store => services.GetRequiredService<NotingStore>();

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
