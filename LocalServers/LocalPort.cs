using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace LocalServers;

/// <summary>Free TCP ports of this machine, for servers of tests and benchmarks.</summary>
public static class LocalPort
{
    // Below the range that systems take outgoing connections from: a port of that range could be gone before the server binds it.
    private const int First = 20_000;
    private const int Last = 32_000;

    // Where a process begins is drawn, so that test runs side by side rarely meet.
    private static int given = RandomNumberGenerator.GetInt32(Last - First);

    /// <summary>A port that nothing listened on a moment ago, and that this process was not given before: a server may take a while until it listens.</summary>
    /// <returns>The port.</returns>
    public static int Free()
    {
        while (true)
        {
            var port = First + (Interlocked.Increment(ref given) % (Last - First));
            if (IsFree(port)) return port;
        }
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
    }
}
