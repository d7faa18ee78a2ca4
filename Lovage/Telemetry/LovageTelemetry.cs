namespace Lovage.Telemetry;

/// <summary>What an app names to collect the engine's telemetry; <c>docs/telemetry.md</c> lists what it gets.</summary>
public static class LovageTelemetry
{
    /// <summary>The name of the engine's <see cref="System.Diagnostics.ActivitySource"/> and of its <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string Name = "Lovage";
}
