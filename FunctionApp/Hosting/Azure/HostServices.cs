using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Hosting;

/// <summary>What this host can do and the other cannot: nothing. Its poller cannot be woken.</summary>
internal static class HostServices
{
    public static void AddHostServices(this IServiceCollection _)
    {
    }
}
