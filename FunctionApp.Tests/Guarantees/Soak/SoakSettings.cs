using System.Globalization;
using System.Security.Cryptography;
using FunctionApp.Tests.FunctionApp.CommandLine;

namespace FunctionApp.Tests.Guarantees.Soak;

/// <summary>One soak: how long, with which chance, on which settings of the app.</summary>
/// <param name="Length">How long jobs are enqueued and workers killed.</param>
/// <param name="Seed">Where all chance comes from.</param>
/// <param name="BetweenEvents">The mean time between two kills, stops or pauses.</param>
/// <param name="Lease">A worker silent for so long is taken for dead.</param>
/// <param name="SampleInterval">How often memory is measured.</param>
/// <param name="IsWhole">False for the one that only shows that the soak can still run: it does not wait for what takes a minute.</param>
internal sealed record SoakSettings(TimeSpan Length, int Seed, TimeSpan BetweenEvents, TimeSpan Lease, TimeSpan SampleInterval, bool IsWhole)
{
    public const string MinutesVariable = "LOVAGE_SOAK_MINUTES";

    /// <summary>Set it to the seed that a run has printed. Processes meet in another order each time: the chances are the same, the run is not.</summary>
    public const string SeedVariable = "LOVAGE_SOAK_SEED";

    /// <summary>Worker processes.</summary>
    public const int Workers = 3;

    /// <summary>What one of them runs at once.</summary>
    public const int BatchSize = 10;

    /// <summary>How long records are kept: the least that the options allow, so that the store is full early.</summary>
    public static readonly TimeSpan Keep = TimeSpan.FromMinutes(1);

    /// <summary>How often workers count what they hold. Each time costs a full collection: often enough for a line, too seldom to matter.</summary>
    public static readonly TimeSpan HeapInterval = TimeSpan.FromSeconds(20);

    private const double DefaultMinutes = 30;

    public static SoakSettings Whole() => new(
        TimeSpan.FromMinutes(Number(MinutesVariable) ?? DefaultMinutes), NewSeed(), Seconds(8), Lease: Seconds(5), SampleInterval: Seconds(10), IsWhole: true);

    public static SoakSettings Short() =>
        new(Seconds(10), NewSeed(), Seconds(2), Lease: Seconds(2), SampleInterval: Seconds(2), IsWhole: false);

    /// <summary>What waits for a dead worker or a lost message is shortened; the rest is as it is delivered.</summary>
    public AppSettings Of(AppSettings settings) => settings.WithWorkerJobs()
        .With("AzureFunctionsJobHost__extensions__queues__batchSize", $"{BatchSize}")
        .With("AzureFunctionsJobHost__logging__logLevel__Default", "Warning")
        .With("AzureFunctionsJobHost__logging__logLevel__EmbeddedHost.Hosting", "Information")
        .With("AzureFunctionsJobHost__logging__logLevel__Lovage.Processing.JobSweep", "Information")
        .With("AzureFunctionsJobHost__logging__logLevel__Lovage.Processing.JobOutcomes", "Critical")
        .With("Lovage__LeaseDuration", $"{Lease}")
        .With("Lovage__SweepInterval", "00:00:01")
        .With("Lovage__OvertakenAfter", "00:00:05")
        .With("Lovage__UnclaimedAfter", "00:00:10")
        .With("Lovage__KeepSucceeded", $"{Keep}")
        .With("Lovage__KeepFailed", $"{Keep}")
        // A kill from outside may hit a job that runs alone: no number of them may make it a crash.
        .With("Lovage__MaxCrashes", "100");

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static int NewSeed() => (int?)Number(SeedVariable) ?? RandomNumberGenerator.GetInt32(int.MaxValue);

    private static double? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set ? double.Parse(set, CultureInfo.InvariantCulture) : null;
}
