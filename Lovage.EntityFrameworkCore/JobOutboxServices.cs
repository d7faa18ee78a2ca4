using Lovage.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lovage.EntityFrameworkCore;

/// <summary>Registers the outbox of a context.</summary>
public static class JobOutboxServices
{
    /// <summary>
    /// Adds <see cref="JobOutbox{TContext}"/>, which enqueues jobs together with the context's rows, and <see cref="JobOutboxRelay{TContext}"/>, which
    /// relays them after the commit. The context itself is registered by the app, with <c>AddDbContext</c>.
    /// </summary>
    /// <typeparam name="TContext">The app's context, with <see cref="JobOutboxModel.AddJobOutbox"/> in its model.</typeparam>
    /// <param name="lovage">The engine.</param>
    /// <param name="configure">Sets the options. They are checked when the app starts.</param>
    public static LovageBuilder AddOutbox<TContext>(this LovageBuilder lovage, Action<JobOutboxOptions>? configure = null) where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(lovage);
        var services = lovage.Services;
        var name = typeof(TContext).FullName!;
        services.AddOptions<JobOutboxOptions>(name).Configure(configure ?? (_ => { })).Validate(JobOutboxOptions.AreInBounds, JobOutboxOptions.Bounds).ValidateOnStart();
        services.AddSingleton<RelaySignal<TContext>>();
        // Their constructors take internal types: the container by itself calls only public ones.
        services.AddScoped(s => new JobOutbox<TContext>(s.GetRequiredService<TContext>(), s.GetRequiredService<JobClient>(), s.GetRequiredService<RelaySignal<TContext>>()));
        services.AddSingleton(s => new JobOutboxRelay<TContext>(
            s.GetRequiredService<IServiceScopeFactory>(), s.GetRequiredService<JobClient>(), s.GetRequiredService<IOptionsMonitor<JobOutboxOptions>>().Get(name),
            s.GetRequiredService<ILogger<JobOutboxRelay<TContext>>>()));
        services.AddHostedService<RelayLoop<TContext>>();
        return lovage;
    }
}
