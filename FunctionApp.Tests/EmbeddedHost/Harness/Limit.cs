namespace FunctionApp.Tests.EmbeddedHost.Harness;

/// <summary>How long a test waits for a signal before it fails. Never a part of what is asserted.</summary>
internal static class Limit
{
    public static readonly TimeSpan Signal = TimeSpan.FromSeconds(30);
}
