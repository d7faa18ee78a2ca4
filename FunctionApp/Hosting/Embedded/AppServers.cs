using LocalServers;
using Microsoft.Extensions.Configuration;

namespace FunctionApp.Hosting;

/// <summary>The servers that the app's configuration names.</summary>
internal static class AppServers
{
    public static LocalServerOptions Of(IConfiguration configuration, bool startMissing) => new()
    {
        StorageConnectionString = configuration["AzureWebJobsStorage"],
        RedisConfiguration = configuration["Redis"],
        StartMissing = startMissing,
        Output = Console.Out,
    };
}
