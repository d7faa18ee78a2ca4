using System.Diagnostics;
using FunctionApp.Tests.FunctionApp;
using Lovage.Store;
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
        DiagnosticListener.AllListeners.Subscribe(new Observer<DiagnosticListener>(listener =>
        {
            if (listener.Name == "Microsoft.Extensions.Hosting")
                listener.Subscribe(new Observer<KeyValuePair<string, object?>>(e => OnHost(e, death)));
            else if (listener.Name == "HttpHandlerDiagnosticListener")
                listener.Subscribe(new Observer<KeyValuePair<string, object?>>(new DyingQueueCalls(death).OnCall));
        }));
    }

    private static void OnHost(KeyValuePair<string, object?> told, Death death)
    {
        if (told is not { Key: "HostBuilding", Value: IHostBuilder builder })
            return;
        builder.ConfigureServices((_, services) =>
        {
            var store = services.Single(service => service.ServiceType == typeof(IJobStore));
            services.Remove(store);
            services.AddSingleton<IJobStore>(provider =>
                new DyingStore((IJobStore)ActivatorUtilities.CreateInstance(provider, store.ImplementationType!), death));
            services.AddSingleton(death);
            services.AddJobsOf<WorkerJobs>();
        });
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
