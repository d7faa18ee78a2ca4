using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Hosting;

/// <summary>Reads <c>--port</c> of a command line.</summary>
internal static class CommandLinePort
{
    public static int Parse(string[] args)
    {
        if (new ConfigurationBuilder().AddCommandLine(args).Build()["port"] is not { } text)
            return new EmbeddedHostOptions().Port;

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : throw new EmbeddedHostException($"--port is '{text}'; it takes a number from 0 (any free port) to {ushort.MaxValue}.");
    }
}
