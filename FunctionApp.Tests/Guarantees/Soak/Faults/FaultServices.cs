using Lovage.Queue;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FunctionApp.Tests.Guarantees.Soak.Faults;

internal static class FaultServices
{
    /// <summary>Puts faults before the store and the queue that the engine has registered.</summary>
    public static IServiceCollection AddFaults(this IServiceCollection services, FaultSource faults)
    {
        var queue = services.Single(service => service.ServiceType == typeof(IJobQueue)).ImplementationType!;
        return services
            .AddSingleton(faults)
            .Replace(ServiceDescriptor.Singleton<RedisConnection, FaultyConnection>())
            .Replace(ServiceDescriptor.Singleton<IJobQueue>(provider =>
                new FaultyQueue((IJobQueue)ActivatorUtilities.CreateInstance(provider, queue), faults)));
    }
}
