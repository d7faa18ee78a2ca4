using EmbeddedHost.Catalog;
using EmbeddedHost.Queues;
using EmbeddedHost.Timers;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;

namespace EmbeddedHost.Hosting;

/// <summary>Starts queue listeners and timers once the app's own services run and the address is known, before anyone is told that the app has started.</summary>
internal sealed class TriggerService(
    IServer server,
    EmbeddedHostOptions options,
    ListenAddress listen,
    EmbeddedHostInfo info,
    FunctionCatalog catalog,
    QueueListeners queues,
    TimerLoops timers) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var address = BaseAddress();
        info.Fill(address, [.. catalog.All.Select(f => f.Trigger.Describe(f.Name, f.Disabled, address)).OrderBy(f => f.Name, StringComparer.OrdinalIgnoreCase)]);
        queues.Start();
        timers.Start();
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Uri BaseAddress() => listen.Reach(options.Port > 0 ? options.Port : new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port, options.Port == 0);
}
