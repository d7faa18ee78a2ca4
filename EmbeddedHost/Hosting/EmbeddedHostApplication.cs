using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Hosting;

/// <summary>The host that the app runs: a web application that drains before it stops.</summary>
internal sealed partial class EmbeddedHostApplication(WebApplication inner, EmbeddedHostOptions options, IReadOnlyList<string> warnings) : IHost, IAsyncDisposable
{
    private readonly ILogger logger = inner.Services.GetRequiredService<ILogger<EmbeddedHostApplication>>();
    private bool started;

    public IServiceProvider Services => inner.Services;

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        foreach (var warning in warnings)
            LogWarning(logger, warning);

        try
        {
            await inner.StartAsync(cancellationToken);
            started = true;
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new EmbeddedHostException($"Port {options.Port} on {options.Address} is in use by another program. Stop it or choose another port with --port.", exception);
        }
        catch (SocketException exception)
        {
            throw new EmbeddedHostException(
                $"Cannot listen on {options.Address}, port {options.Port}: {exception.Message}. Choose an address of this machine with --address, or another port with --port.",
                exception);
        }

        LogStarted(logger, Services.GetRequiredService<EmbeddedHostInfo>().BaseAddress);
    }

    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (started)
        {
            var stop = Services.GetRequiredService<GracefulStop>();
            await stop.DrainAsync(cancellationToken);
            await stop.FinishAsync(cancellationToken);
        }

        await inner.StopAsync(CancellationToken.None);
        LogStopped(logger);
    }

    public void Dispose() => ((IDisposable)inner).Dispose();

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    [LoggerMessage(EventIds.Hosting + 4, LogLevel.Information, "Listening on {Address}.")]
    private static partial void LogStarted(ILogger logger, Uri address);

    [LoggerMessage(EventIds.Hosting + 5, LogLevel.Information, "Stopped.")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(EventIds.Hosting + 6, LogLevel.Warning, "{Warning}")]
    private static partial void LogWarning(ILogger logger, string warning);
}
