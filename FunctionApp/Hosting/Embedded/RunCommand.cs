using EmbeddedHost;
using LocalServers;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

namespace FunctionApp.Hosting;

internal static class RunCommand
{
    public static async Task RunAsync(int port, bool startServices, Action<FunctionsApplicationBuilder> compose)
    {
        var builder = EmbeddedFunctionsApplication.CreateBuilder(new() { Port = port });
        compose(builder);
        using var stop = new StopSignal();
        await using var servers = await LocalServerSet.EnsureAsync(AppServers.Of(builder.Configuration, startServices), stop.Token);
        using var host = builder.Build();
        await host.StartAsync(stop.Token);
        // From here on the host listens to signals itself, and a second one ends the process at once.
        stop.Dispose();
        StartMessage.Write(Console.Out, host.Services);
        await host.WaitForShutdownAsync();
    }
}
