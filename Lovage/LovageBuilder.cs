using System.Reflection;
using Lovage.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lovage;

/// <summary>Tells the engine which jobs the app has.</summary>
public sealed class LovageBuilder
{
    private readonly IServiceCollection services;
    private readonly JobRegistry registry;

    internal LovageBuilder(IServiceCollection services, JobRegistry registry) => (this.services, this.registry) = (services, registry);

    /// <summary>Adds the jobs of every class of an assembly. A class is made by the container, once for each run.</summary>
    /// <exception cref="InvalidOperationException">A job's name, alias or method cannot be used, or two jobs have one name.</exception>
    public LovageBuilder AddJobs(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        foreach (var type in assembly.GetTypes().Where(t => t is { IsClass: true, ContainsGenericParameters: false }))
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
            services.TryAddScoped(type);
    }
}
