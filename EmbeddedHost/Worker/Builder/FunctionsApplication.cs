using EmbeddedHost;
using EmbeddedHost.Hosting;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Where a Functions app begins.</summary>
public static class FunctionsApplication
{
    /// <summary>Creates the app's builder, with the embedded host's defaults.</summary>
    /// <param name="args">The command line; <c>--address</c> and <c>--port</c> choose where to listen, every other <c>--key value</c> is configuration.</param>
    /// <exception cref="EmbeddedHostException">host.json or local.settings.json cannot be read.</exception>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return EmbeddedFunctionsApplication.CreateBuilder(new EmbeddedHostOptions { Args = args, Address = CommandLineAddress.Parse(args), Port = CommandLinePort.Parse(args) });
    }
}
