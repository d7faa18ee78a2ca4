using EmbeddedHost;
using LocalServers;
using Microsoft.Azure.Functions.Worker.Builder;

namespace FunctionApp.Hosting;

internal static class ServicesCommand
{
    public static async Task RunAsync(Action<FunctionsApplicationBuilder> compose)
    {
        // Built only for its configuration: the servers are those that the app would ask for, and a setting that it would refuse is refused here.
        var builder = EmbeddedFunctionsApplication.CreateBuilder(new());
        compose(builder);
        using var host = builder.Build();
        SettingsCheck.Run(host);

        using var stop = new StopSignal();
        await using var servers = await LocalServerSet.EnsureAsync(AppServers.Of(builder.Configuration, startMissing: true), stop.Token);
        if (servers.Servers.Count == 0)
        {
            await Console.Out.WriteLineAsync("Nothing to start: neither AzureWebJobsStorage nor Redis names a server of this machine.");
            return;
        }
        await Console.Out.WriteLineAsync("Ready. Ctrl+C stops what was started.");
        await stop.WaitAsync();
    }
}
