using LocalServers;
using Microsoft.Extensions.Configuration;

namespace FunctionApp.Hosting;

/// <summary>
/// The servers that the app's configuration names. Where they keep things is configured too: <c>LocalServers:DataFolder</c> for data, logs and state
/// (default: <c>.local</c> at the repository's root) and <c>LocalServers:NpmFolder</c> for npm packages (default: <c>npm</c> in the data folder), so
/// that two sets of servers can run side by side without installing twice.
/// </summary>
internal static class AppServers
{
    public static LocalServerOptions Of(IConfiguration configuration, bool startMissing) => new()
    {
        StorageConnectionString = configuration["AzureWebJobsStorage"],
        RedisConfiguration = configuration["Redis"],
        DataFolder = Folder(configuration, "LocalServers:DataFolder"),
        NpmFolder = Folder(configuration, "LocalServers:NpmFolder"),
        StartMissing = startMissing,
        Output = Console.Out,
    };

    // An empty variable is how many shells unset one.
    private static string? Folder(IConfiguration configuration, string key) => configuration[key] is { Length: > 0 } folder ? folder : null;
}
