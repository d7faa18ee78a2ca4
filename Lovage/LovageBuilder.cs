using System.Reflection;
using Lovage.Eager;
using Lovage.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lovage;

/// <summary>Tells the engine which jobs the app has.</summary>
public sealed class LovageBuilder
{
    private readonly JobRegistry registry;

    internal LovageBuilder(IServiceCollection services, JobRegistry registry) => (Services, this.registry) = (services, registry);

    internal IServiceCollection Services { get; }

    /// <summary>Adds the jobs of every class of an assembly. A class is made by the container, once for each run.</summary>
    /// <exception cref="InvalidOperationException">A job's name, alias or method cannot be used, or two jobs have one name.</exception>
    public LovageBuilder AddJobs(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        foreach (var type in JobClasses.Of(assembly).Where(t => t is { IsClass: true, ContainsGenericParameters: false }))
            AddJobs(type);
        return this;
    }

    /// <summary>Adds the jobs of one class.</summary>
    /// <exception cref="InvalidOperationException">A job's name, alias or method cannot be used, or two jobs have one name.</exception>
    public LovageBuilder AddJobs<TJobs>() where TJobs : class
    {
        AddJobs(typeof(TJobs));
        return this;
    }

    /// <summary>
    /// For unit tests: a job runs within the call that enqueues it, to its end, in this process. No Redis, no queue and no settings are needed; nothing
    /// is left of a job when the container is disposed.
    /// </summary>
    /// <remarks>
    /// As with servers: arguments are checked at the door and travel as JSON, each run has a DI scope and a <see cref="JobContext"/>, and policies,
    /// attempts, expiry and time limits hold. A job that fails does not throw at its enqueuer: its record says why. Otherwise than there: delays and the
    /// pauses between attempts are left out, and the settings are not checked. What a job enqueues runs within it, 100 deep at most.
    /// <see cref="Client.JobClient"/> works; <see cref="Health.LovageHealth"/> is healthy; <see cref="Processing.JobProcessor"/>,
    /// <see cref="Processing.JobSweep"/> and <see cref="DeadLetters.DeadLetterBox"/> throw <see cref="InvalidOperationException"/> when they are called.
    /// </remarks>
    public LovageBuilder RunEagerly()
    {
        EagerServices.Replace(Services);
        return this;
    }

    internal void AddJobs(Type type)
    {
        var jobs = 0;
        foreach (var method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
        {
            if (method.GetCustomAttribute<JobAttribute>() is not { } attribute)
                continue;
            registry.Add(new(attribute.Name, method));
            jobs++;
        }
        if (jobs > 0 && !type.IsAbstract)
            Services.TryAddScoped(type);
    }
}
