using Microsoft.Extensions.Configuration;

namespace FunctionApp.Hosting;

/// <summary>Where the app keeps what it writes on this machine: beside the local servers' data.</summary>
internal static class DataFolder
{
    public static string Of(IConfiguration configuration) => AppServers.Of(configuration, startMissing: false).DataPath;
}
