using EmbeddedHost.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;

namespace EmbeddedHost;

/// <summary>Where a Functions app begins that sets how it is hosted.</summary>
public static class EmbeddedFunctionsApplication
{
    /// <summary>Creates the app's builder.</summary>
    /// <param name="options">How the app is hosted.</param>
    /// <exception cref="EmbeddedHostException">host.json or local.settings.json cannot be read, or an option is out of range.</exception>
    public static FunctionsApplicationBuilder CreateBuilder(EmbeddedHostOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new FunctionsApplicationBuilder(HostComposition.Create(options));
    }
}
