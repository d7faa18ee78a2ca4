using Lovage.Processing;
using Lovage.Queue;
using Lovage.Store;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lovage.Eager;

/// <summary>Takes out of a container what needs servers, and puts what runs jobs at once in its place.</summary>
internal static class EagerServices
{
    private static readonly Type[] NeedServers =
    [
        typeof(RedisSetup), typeof(QueueSetup), typeof(Sweeper),
        typeof(LovageOptionsValidator), typeof(RedisConfigurationValidator), typeof(StorageConnectionValidator),
    ];

    public static void Replace(IServiceCollection services)
    {
        foreach (var service in services.Where(s => !s.IsKeyedService && NeedServers.Contains(s.ImplementationType)).ToArray())
            services.Remove(service);
        services.Replace(ServiceDescriptor.Singleton<IJobStore, EagerStore>());
        services.Replace(ServiceDescriptor.Singleton<IJobQueue, EagerQueue>());
        services.Replace(ServiceDescriptor.Singleton<RedisConnection, NoRedisConnection>());
    }
}
