using EmbeddedHost;
using LocalServers;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FunctionApp.Hosting;

internal static class RunCommand
{
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    public static async Task RunAsync(string address, int port, bool startServices, Action<FunctionsApplicationBuilder> compose)
    {
        var builder = EmbeddedFunctionsApplication.CreateBuilder(new() { Address = address, Port = port });
        compose(builder);
        // What stops a start is thrown, and said in one line; the host would log it as well, with a page of stack.
        var hasStarted = false;
        builder.Logging.AddFilter(HostCategory, level => hasStarted && level >= LogLevel.Information);
        using var stop = new StopSignal();
        using var host = builder.Build();
        SettingsCheck.Run(host);

        await using var servers = await LocalServerSet.EnsureAsync(AppServers.Of(builder.Configuration, startServices), stop.Token);
        // Disposed before the servers are stopped, whatever happens: it gives up its lease in Redis.
        using var running = host;
        await host.StartAsync(stop.Token);
        hasStarted = true;
        StartMessage.Write(Console.Out, host.Services);
        using (stop.LeaveInterruptsToHost())
            await host.WaitForShutdownAsync();
    }
}
