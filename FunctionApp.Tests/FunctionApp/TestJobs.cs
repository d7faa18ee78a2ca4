using Lovage;
using Lovage.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.FunctionApp;

/// <summary>Adds a test's jobs to the app's own.</summary>
internal static class TestJobs
{
    public static IServiceCollection AddJobsOf<TJobs>(this IServiceCollection services) where TJobs : class
    {
        var registry = (JobRegistry)services.Single(s => s.ServiceType == typeof(JobRegistry)).ImplementationInstance!;
        new LovageBuilder(services, registry).AddJobs<TJobs>();
        return services;
    }
}
