using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Hosting;

/// <summary>Reads <c>--address</c> of a command line.</summary>
internal static class CommandLineAddress
{
    public static string Parse(string[] args) => new ConfigurationBuilder().AddCommandLine(args).Build()["address"] ?? new EmbeddedHostOptions().Address;
}
