using Microsoft.Extensions.Configuration;

namespace FunctionApp.Hosting;

/// <summary>Whether the host asks callers for keys.</summary>
internal static class HostKeys
{
    /// <summary>Never said here: the platform has its keys elsewhere, and Core Tools, which asks for none, looks the same to its worker.</summary>
    public static bool AreOff(IConfiguration configuration) => false;
}
