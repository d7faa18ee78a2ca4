using EmbeddedHost;
using LocalServers;
using Microsoft.Azure.Functions.Worker.Builder;

namespace FunctionApp.Hosting;

internal static class ServicesCommand
{
    public static async Task RunAsync(Action<FunctionsApplicationBuilder> compose)
    {
        // Composed only for its configuration: the servers are those that the app would ask for.
        var builder = EmbeddedFunctionsApplication.CreateBuilder(new());
        compose(builder);
        using var stop = new StopSignal();
        await using var servers = await LocalServerSet.EnsureAsync(AppServers.Of(builder.Configuration, startMissing: true), stop.Token);
        await Console.Out.WriteLineAsync("Ready. Ctrl+C stops what was started.");
        await stop.WaitAsync();
    }
}
