using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FunctionApp.Tests.FunctionApp.Fuzz;

/// <summary>Callers that begin a body and never end it: each holds a connection until the server has had enough.</summary>
internal sealed class SlowBodies
{
    private readonly IReadOnlyList<Socket> sockets;

    private SlowBodies(IReadOnlyList<Socket> sockets) => this.sockets = sockets;

    public static async Task<SlowBodies> BeginAsync(Uri address, int count, CancellationToken cancellation)
    {
        var sockets = new List<Socket>();
        for (var i = 0; i < count; i++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port), cancellation);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"POST /api/jobs/math.add HTTP/1.1\r\nHost: localhost:{address.Port}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{\"x\""), cancellation);
            sockets.Add(socket);
        }
        return new(sockets);
    }

    /// <summary>Each is told that it took too long, or hung up on.</summary>
    public async Task AreGivenUpAsync(CancellationToken cancellation)
    {
        foreach (var socket in sockets)
        {
            using (socket)
            {
                var buffer = new byte[1_024];
                var read = await socket.ReceiveAsync(buffer, cancellation).AsTask().WaitAsync(Limits.Signal, cancellation);
                Assert.True(read == 0 || Encoding.ASCII.GetString(buffer, 0, read).StartsWith("HTTP/1.1 408", StringComparison.Ordinal), Encoding.ASCII.GetString(buffer, 0, read));
            }
        }
    }
}
