using System.Diagnostics;
using FunctionApp.Tests.FunctionApp;
using Lovage.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FunctionApp.Tests.Guarantees.Workers;

/// <summary>
/// Finds the app's container while it is built, by the event with which every .NET host announces it, and its HTTP calls by those of the HTTP client.
/// </summary>
internal static class WorkerHook
{
    /// <summary>What a worker process is told about its death; see <see cref="Death.Parse"/>.</summary>
    public const string DieAt = "GUARANTEES_DIE_AT";

    public static void Install()
    {
        var death = Death.Parse(Environment.GetEnvironmentVariable(DieAt));
        Install(services => Prepare(services, death), new DyingQueueCalls(death).OnCall);
    }

    /// <param name="prepare">Called with the app's services before its container is built.</param>
    /// <param name="onCall">Called before and after each HTTP call of the process. What it throws, the call throws.</param>
    public static void Install(Action<IServiceCollection> prepare, Action<KeyValuePair<string, object?>> onCall) =>
        DiagnosticListener.AllListeners.Subscribe(new Observer<DiagnosticListener>(listener =>
        {
            if (listener.Name == "Microsoft.Extensions.Hosting")
                listener.Subscribe(new Observer<KeyValuePair<string, object?>>(told => OnHost(told, prepare)));
            else if (listener.Name == "HttpHandlerDiagnosticListener")
                listener.Subscribe(new Observer<KeyValuePair<string, object?>>(onCall));
        }));

    private static void OnHost(KeyValuePair<string, object?> told, Action<IServiceCollection> prepare)
    {
        if (told is { Key: "HostBuilding", Value: IHostBuilder builder })
            builder.ConfigureServices((_, services) => prepare(services));
    }

    private static void Prepare(IServiceCollection services, Death death)
    {
        var store = services.Single(service => service.ServiceType == typeof(IJobStore));
        services.Remove(store);
        services.AddSingleton<IJobStore>(provider =>
            new DyingStore((IJobStore)ActivatorUtilities.CreateInstance(provider, store.ImplementationType!), death));
        services.AddSingleton(death);
        services.AddJobsOf<WorkerJobs>();
        // Deaths are the subject here; hundreds of passwords that are hard to guess would take longer than all of them.
        services.Configure<PasswordHasherOptions>(hashing => hashing.IterationCount = 1_000);
    }

    private sealed class Observer<T>(Action<T> next) : IObserver<T>
    {
        public void OnNext(T value) => next(value);

        public void OnError(Exception error)
        {
        }

        public void OnCompleted()
        {
        }
    }
}
