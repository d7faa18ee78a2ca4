using FunctionApp.Tests.FunctionApp.CommandLine;
using FunctionApp.Tests.Guarantees.Soak.Faults;
using Lovage;
using Lovage.Client;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

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
        collection.AddSingleton<NotingConnection>();
        collection.Replace(ServiceDescriptor.Singleton<RedisConnection>(provider => provider.GetRequiredService<NotingConnection>()));
        services = collection.BuildServiceProvider();
    }

    public JobClient Jobs => services.GetRequiredService<JobClient>();

    public NotingConnection Connection => services.GetRequiredService<NotingConnection>();

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
