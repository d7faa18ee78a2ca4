using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EmbeddedHost.Hosting;

/// <summary>Where the host listens.</summary>
/// <param name="Ip">The address; null is localhost, which is both loopback addresses.</param>
internal sealed record ListenAddress(IPAddress? Ip)
{
    public const string Localhost = "localhost";

    /// <summary>Whether only this machine can reach it.</summary>
    public bool IsLoopback => Ip is null || IPAddress.IsLoopback(Ip);

    public static ListenAddress Parse(string text) => TryParse(text) ?? throw new FormatException($"'{text}' is no address to listen on.");

    public static ListenAddress? TryParse(string? text)
    {
        if (string.Equals(text, Localhost, StringComparison.OrdinalIgnoreCase))
            return new ListenAddress(Ip: null);

        // A bare number would be read as an address too, and is more likely a port.
        return text?.AsSpan().ContainsAny('.', ':') == true && IPAddress.TryParse(text, out var ip) ? new ListenAddress(ip) : null;
    }

    public void Open(KestrelServerOptions kestrel, int port)
    {
        // A free port is taken on IPv4 alone: it may be taken on IPv6.
        if (Ip is not null)
            kestrel.Listen(Ip, port);
        else if (port == 0)
            kestrel.Listen(IPAddress.Loopback, 0);
        else
            kestrel.ListenLocalhost(port);
    }

    /// <summary>An address at which a program of this machine reaches it.</summary>
    /// <param name="port">The port that is listened on.</param>
    /// <param name="wasFree">Whether it was a free one, which localhost has on IPv4 alone, where the name may mean IPv6 first.</param>
    public Uri Reach(int port, bool wasFree)
    {
        if (Ip is null && !wasFree)
            return new Uri($"http://{Localhost}:{port}/");

        var ip = Ip is null || Ip.Equals(IPAddress.Any) ? IPAddress.Loopback : Ip.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : Ip;
        return new Uri($"http://{new IPEndPoint(ip, port)}/");
    }
}
