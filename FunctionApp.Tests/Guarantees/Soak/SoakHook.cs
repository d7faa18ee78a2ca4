using FunctionApp.Tests.FunctionApp;
using FunctionApp.Tests.Guarantees.Soak.Faults;
using FunctionApp.Tests.Guarantees.Soak.Load;
using FunctionApp.Tests.Guarantees.Soak.Memory;
using FunctionApp.Tests.Guarantees.Workers;

namespace FunctionApp.Tests.Guarantees.Soak;

/// <summary>Brings the soak's jobs and faults into a worker process.</summary>
internal static class SoakHook
{
    /// <summary>What a worker process is told about its faults; see <see cref="FaultSource.Parse"/>.</summary>
    public const string Faults = "SOAK_FAULTS";

    public static void Install(string told)
    {
        var faults = FaultSource.Parse(told);
        if (Environment.GetEnvironmentVariable(LiveHeap.Variable) is { Length: > 0 } file)
            LiveHeap.Watch(file, SoakSettings.HeapInterval);
        WorkerHook.Install(services => services.AddFaults(faults).AddJobsOf<SoakJobs>(), new FaultyCalls(faults).OnCall);
    }
}
