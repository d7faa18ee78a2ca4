using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FunctionApp.Tests.FunctionApp.Fuzz;

/// <summary>Sends requests as they are, each on a connection of its own.</summary>
internal sealed class RawHttp(Uri address)
{
    private readonly IPEndPoint server = new(IPAddress.Loopback, address.Port);

    /// <returns>The status, and the body as text; no status if the server has closed the connection without a word.</returns>
    public async Task<(HttpStatusCode? Status, string Body)> SendAsync(FuzzRequest request, CancellationToken cancellation)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server, cancellation);
        var answer = new MemoryStream();
        try
        {
            await socket.SendAsync(request.Head($"localhost:{server.Port}"), cancellation);
            await socket.SendAsync(request.Payload(), cancellation);
            if (request.BreaksOffAfter is not null)
                socket.Shutdown(SocketShutdown.Send);
            await ReadAsync(socket, answer, cancellation);
        }
        // A server that refuses a large body closes while it is being sent; what it answered may be here all the same.
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
            await ReadRestAsync(socket, answer, cancellation);
        }
        return Parse(Encoding.UTF8.GetString(answer.ToArray()));
    }

    private static async Task ReadRestAsync(Socket socket, MemoryStream answer, CancellationToken cancellation)
    {
        try
        {
            await ReadAsync(socket, answer, cancellation);
        }
        catch (SocketException)
        {
            // Nothing more.
        }
    }

    private static async Task ReadAsync(Socket socket, MemoryStream answer, CancellationToken cancellation)
    {
        var buffer = new byte[16_384];
        while (await socket.ReceiveAsync(buffer, cancellation) is > 0 and var read)
            answer.Write(buffer, 0, read);
    }

    private static (HttpStatusCode? Status, string Body) Parse(string text)
    {
        if (!text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal))
            return (null, text);
        var status = (HttpStatusCode)int.Parse(text.AsSpan(9, 3), CultureInfo.InvariantCulture);
        var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return (status, head < 0 ? "" : text[(head + 4)..]);
    }
}
