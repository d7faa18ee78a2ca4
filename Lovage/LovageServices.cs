using Lovage.Client;
using Lovage.DeadLetters;
using Lovage.Effects;
using Lovage.Health;
using Lovage.Jobs;
using Lovage.Listing;
using Lovage.Processing;
using Lovage.Queue;
using Lovage.Stats;
using Lovage.Store;
using Lovage.Store.Redis;
using Lovage.Telemetry;
using Lovage.Watch;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lovage;

/// <summary>Registers the engine in an app's container.</summary>
public static class LovageServices
{
#pragma warning disable RS0030 // The one place where chance comes from.
    private static readonly Random SharedRandom = Random.Shared;
#pragma warning restore RS0030

    /// <summary>Adds the engine without settings: for <see cref="LovageBuilder.RunEagerly"/>, or where <see cref="LovageOptions"/> are configured elsewhere.</summary>
    /// <param name="services">The app's services.</param>
    /// <returns>Adds the app's jobs.</returns>
    public static LovageBuilder AddLovage(this IServiceCollection services) => services.AddLovage(_ => { });

    /// <summary>Adds the engine: <see cref="JobClient"/>, <see cref="JobProcessor"/>, <see cref="IJobContextAccessor"/>, <see cref="LovageHealth"/>.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configure">Sets the options. They are checked when the app starts.</param>
    /// <returns>Adds the app's jobs.</returns>
    public static LovageBuilder AddLovage(this IServiceCollection services, Action<LovageOptions> configure)
    {
        var registry = new JobRegistry();
        services.AddOptions<LovageOptions>().Configure(configure).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LovageOptions>, LovageOptionsValidator>();
        services.AddSingleton<IValidateOptions<LovageOptions>, RedisConfigurationValidator>();
        services.AddSingleton<IValidateOptions<LovageOptions>, StorageConnectionValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(registry);

        // Chance is a service like time, so that tests can choose it.
        services.TryAddSingleton(SharedRandom);

        services.AddSingleton<Heartbeats>();
        services.AddSingleton<RedisConnection>();
        services.AddSingleton<WorkerLease>();
        services.AddSingleton<IJobStore, RedisJobStore>();
        services.AddSingleton<RedisSweep>();
        services.AddSingleton<RedisTrim>();
        services.AddSingleton<RedisDeadLetters>();
        services.AddSingleton<RedisJobList>();
        services.AddSingleton<RedisStats>();
        services.AddSingleton<RedisDurations>();
        services.AddSingleton<ExpectedDurations>();
        services.AddSingleton<IJobQueue, StorageJobQueue>();
        services.AddHostedService<RedisSetup>();
        services.AddHostedService<QueueSetup>();
        services.AddHostedService<Sweeper>();

        services.AddSingleton<JobTraces>();
        services.AddSingleton<QueueAge>();
        services.AddSingleton<JobMetrics>();

        services.AddSingleton<JobAdmission>();
        services.AddSingleton<JobWatch>();
        services.AddSingleton<RunningJobs>();
        services.AddSingleton<ForgottenRuns>();
        services.AddSingleton<AbandonedBodies>();
        services.AddSingleton<JobGate>();
        services.AddSingleton<JobClaimer>();
        services.AddSingleton<JobOutcomes>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<JobSettler>();
        services.AddSingleton<Undertaker>();
        services.AddSingleton<UnknownJobs>();
        services.AddSingleton<JobContextAccessor>();
        services.AddSingleton<IJobContextAccessor>(s => s.GetRequiredService<JobContextAccessor>());
        services.AddScoped<JobContextHolder>();
        services.AddScoped<IEffects, EffectLedger>();
        services.AddScoped(s => s.GetRequiredService<JobContextHolder>().Context);

        AddPublicTypes(services);
        return new(services, registry);
    }

    // Their constructors take internal types: the container by itself calls only public ones.
    private static void AddPublicTypes(IServiceCollection services)
    {
        services.AddSingleton(s => new JobProcessor(
            s.GetRequiredService<IJobQueue>(), s.GetRequiredService<JobGate>(), s.GetRequiredService<JobClaimer>(), s.GetRequiredService<JobRunner>(),
            s.GetRequiredService<JobSettler>(), s.GetRequiredService<Undertaker>(), s.GetRequiredService<UnknownJobs>(),
            s.GetRequiredService<ExpectedDurations>(), s.GetRequiredService<IOptions<LovageOptions>>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<JobProcessor>>()));
        services.AddSingleton(s => new QueueSignal(s.GetRequiredService<RedisConnection>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new JobClient(
            s.GetRequiredService<JobAdmission>(), s.GetRequiredService<IJobStore>(), s.GetRequiredService<IJobQueue>(), s.GetRequiredService<RedisSweep>(),
            s.GetRequiredService<RunningJobs>(), s.GetRequiredService<JobWatch>(), s.GetRequiredService<JobTraces>(), s.GetRequiredService<JobMetrics>(),
            s.GetRequiredService<IOptions<LovageOptions>>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<JobClient>>()));
        services.AddSingleton(s => new JobSweep(
            s.GetRequiredService<RedisSweep>(), s.GetRequiredService<RedisTrim>(), s.GetRequiredService<IJobQueue>(), s.GetRequiredService<JobMetrics>(),
            s.GetRequiredService<QueueAge>(), s.GetRequiredService<IOptions<LovageOptions>>(), s.GetRequiredService<ILogger<JobSweep>>()));
        services.AddSingleton(s => new DeadLetterBox(
            s.GetRequiredService<RedisDeadLetters>(), s.GetRequiredService<RedisSweep>(), s.GetRequiredService<IJobQueue>(),
            s.GetRequiredService<IOptions<LovageOptions>>(), s.GetRequiredService<ILogger<DeadLetterBox>>()));
        services.AddSingleton(s => new JobList(s.GetRequiredService<RedisJobList>()));
        services.AddSingleton(s => new JobStats(s.GetRequiredService<RedisStats>(), s.GetRequiredService<IJobQueue>(), s.GetRequiredService<JobRegistry>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new LovageHealth(
            s.GetRequiredService<IJobStore>(), s.GetRequiredService<IJobQueue>(), s.GetRequiredService<Heartbeats>(), s.GetRequiredService<AbandonedBodies>(),
            s.GetRequiredService<IOptions<LovageOptions>>(), s.GetRequiredService<TimeProvider>()));
    }
}
