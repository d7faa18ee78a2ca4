using System.CommandLine;
using EmbeddedHost;
using FunctionApp.Configuration;
using FunctionApp.Hosting.Admin;
using LocalServers;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Options;

namespace FunctionApp.Hosting;

/// <summary>Runs the app on this machine without Core Tools: the command line, and what it says when it cannot start.</summary>
internal static class AppHost
{
    private const string DefaultAddress = "localhost";
    private const int DefaultPort = 7071;

    public static async Task<int> RunAsync(string[] args, Action<FunctionsApplicationBuilder> compose)
    {
        var address = new Option<string>("--address")
        {
            Description = "Where to listen: localhost or an IP address. Without FunctionKeys only this machine's own.",
            DefaultValueFactory = _ => DefaultAddress,
        };
        var port = new Option<int>("--port") { Description = "The port; 0 takes a free one.", DefaultValueFactory = _ => DefaultPort };
        var noServices = new Option<bool>("--no-services") { Description = "Start neither Azurite nor Redis; say what is missing." };
        var run = new RootCommand("Runs the functions and jobs of this app on this machine, with Azurite and Redis where they are missing.") { address, port, noServices };
        run.SetAction(parsed => SayWhyAsync(() => RunCommand.RunAsync(parsed.GetValue(address)!, parsed.GetValue(port), !parsed.GetValue(noServices), compose)));

        var services = new Command("services", "Starts only Azurite and Redis, for Core Tools (func start) or other processes of the app. Ctrl+C stops them.");
        services.SetAction(_ => SayWhyAsync(() => ServicesCommand.RunAsync(compose)));
        run.Subcommands.Add(services);

        // The verbs are made for those alone who name one or ask for help: a start that runs the app does not wait for them.
        if (run.Parse(args, AdminCommands.Parsing) is { Errors.Count: 0 } parsed && parsed.Action == run.Action)
            return await parsed.InvokeAsync(AdminCommands.Invocation(Console.Out, Console.Error));

        using var container = new AdminContainer(new(), compose);
        var admin = new AdminCommands(container, AdminConsole.OfProcess());
        admin.AddTo(run);
        return await admin.InvokeAsync(run, args);
    }

    private static async Task<int> SayWhyAsync(Func<Task> command)
    {
        try
        {
            await command();
            return 0;
        }
        catch (Exception e) when (e is EmbeddedHostException or LocalServerException or SettingException or OptionsValidationException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped before it had started.");
            return 130;
        }
    }
}
