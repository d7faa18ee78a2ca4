using FunctionApp.Tests.FunctionApp.CommandLine;

namespace FunctionApp.Tests.Guarantees;

/// <summary>Settings of workers in these tests.</summary>
internal static class Settings
{
    /// <summary>The number of jobs that a worker runs at once, and the size of packs.</summary>
    public const int PackSize = 4;

    /// <summary>What waits for a dead worker is shortened, as far as the options go.</summary>
    public static AppSettings Hurried(this AppSettings settings) => settings
        .With("AzureFunctionsJobHost__extensions__queues__batchSize", $"{PackSize}")
        .With("AzureFunctionsJobHost__extensions__queues__newBatchThreshold", "2")
        .With("Lovage__LeaseDuration", "00:00:02")
        .With("Lovage__SweepInterval", "00:00:00.5")
        .With("Lovage__OvertakenAfter", "00:00:01")
        .With("Lovage__UnclaimedAfter", "00:00:03");

    /// <summary>The process also has the jobs of <see cref="Workers.WorkerJobs"/>, and dies as it is told to.</summary>
    public static AppSettings WithWorkerJobs(this AppSettings settings) => settings.With("DOTNET_STARTUP_HOOKS", typeof(StartupHook).Assembly.Location);
}
