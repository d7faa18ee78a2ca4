using Microsoft.Extensions.Configuration;

namespace FunctionApp.Hosting;

/// <summary>Whether the host asks callers for keys.</summary>
internal static class HostKeys
{
    /// <summary>Without keys the embedded host serves this machine alone: it starts on no other address.</summary>
    public static bool AreOff(IConfiguration configuration) => !configuration.GetSection("FunctionKeys").Exists();
}
