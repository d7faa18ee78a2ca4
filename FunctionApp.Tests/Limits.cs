namespace FunctionApp.Tests;

/// <summary>How long tests wait for what must come. Generous: only a failing test waits so long.</summary>
internal static class Limits
{
    public static TimeSpan Signal { get; } = TimeSpan.FromSeconds(30);
}
