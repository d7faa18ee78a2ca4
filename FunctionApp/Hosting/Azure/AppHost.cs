using FunctionApp.Configuration;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FunctionApp.Hosting;

/// <summary>Runs the app as the worker of an Azure Functions host: Core Tools on a developer's machine, the platform on Azure.</summary>
internal static class AppHost
{
    public static async Task<int> RunAsync(string[] args, Action<FunctionsApplicationBuilder> compose)
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        compose(builder);
        using var host = builder.Build();
        // The host drops what is logged outside of an invocation; it passes on what is written to the console.
        Console.WriteLine($"Lovage: {host.Services.GetRequiredService<EffectiveConcurrency>()}");
        await host.RunAsync();
        return 0;
    }
}
