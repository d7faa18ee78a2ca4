using System.Net;
using System.Net.Sockets;

namespace FunctionApp.Tests.LocalServers;

/// <summary>A web server that has a port which another server was expected on.</summary>
internal sealed class Stranger : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task serving;

    public Stranger()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Dispose()
    {
        listener.Stop();
        serving.GetAwaiter().GetResult();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                _ = await client.GetStream().ReadAsync(new byte[1024]);
                await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nServer: Stranger/1.0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
            }
        }
        catch (Exception e) when (e is SocketException or IOException or InvalidOperationException)
        {
            // Disposed: while it waited, or before it waited again.
        }
    }
}
