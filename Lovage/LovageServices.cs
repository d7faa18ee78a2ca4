using Lovage.Client;
using Lovage.Health;
using Lovage.Jobs;
using Lovage.Processing;
using Lovage.Queue;
using Lovage.Store;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lovage;

/// <summary>Registers the engine in an app's container.</summary>
public static class LovageServices
{
    /// <summary>Adds the engine: <see cref="JobClient"/>, <see cref="JobProcessor"/>, <see cref="IJobContextAccessor"/>, <see cref="LovageHealth"/>.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configure">Sets the options. They are checked when the app starts.</param>
    /// <returns>Adds the app's jobs.</returns>
    public static LovageBuilder AddLovage(this IServiceCollection services, Action<LovageOptions> configure)
    {
        var registry = new JobRegistry();
        services.AddOptions<LovageOptions>().Configure(configure).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LovageOptions>, LovageOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(registry);

        services.AddSingleton<RedisConnection>();
        services.AddSingleton<WorkerLease>();
        services.AddSingleton<IJobStore, RedisJobStore>();
        services.AddSingleton<IJobQueue, StorageJobQueue>();
        services.AddHostedService<QueueSetup>();

        services.AddSingleton<JobGate>();
        services.AddSingleton<JobClaimer>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<JobContextAccessor>();
        services.AddSingleton<IJobContextAccessor>(s => s.GetRequiredService<JobContextAccessor>());
        services.AddScoped<JobContextHolder>();
        services.AddScoped(s => s.GetRequiredService<JobContextHolder>().Context);

        // Their constructors take internal types: the container only calls public ones by itself.
        services.AddSingleton(s => new JobProcessor(
            s.GetRequiredService<IJobStore>(), s.GetRequiredService<IJobQueue>(), s.GetRequiredService<JobGate>(), s.GetRequiredService<JobClaimer>(),
            s.GetRequiredService<JobRunner>(), s.GetRequiredService<IOptions<LovageOptions>>(), s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<JobProcessor>>()));
        services.AddSingleton(s => new JobClient(
            registry, s.GetRequiredService<IJobStore>(), s.GetRequiredService<IJobQueue>(), s.GetRequiredService<IOptions<LovageOptions>>(),
            s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<JobClient>>()));
        services.AddSingleton(s => new LovageHealth(s.GetRequiredService<IJobStore>(), s.GetRequiredService<IJobQueue>()));
        return new(services, registry);
    }
}
