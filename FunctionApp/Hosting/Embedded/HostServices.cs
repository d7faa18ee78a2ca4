using EmbeddedHost;
using Lovage;
using Lovage.Queue;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace FunctionApp.Hosting;

/// <summary>What this host can do and the other cannot.</summary>
internal static class HostServices
{
    public static void AddHostServices(this IServiceCollection services) => services.AddHostedService<WakeUp>();

    private sealed class WakeUp(QueueSignal signal, QueueWakeUp host, IOptions<LovageOptions> options) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => signal.ListenAsync(() => host.Wake(options.Value.QueueName), stoppingToken);
    }
}
