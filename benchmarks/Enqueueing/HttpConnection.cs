using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Benchmarks.Enqueueing;

/// <summary>One HTTP connection that is kept: sends a request that is ready to be sent, and reads no more of the answer than it must. Costs little beside what is measured.</summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] answer = new byte[16 * 1024];

    public static async Task<HttpConnection> OpenAsync(Uri address, CancellationToken cancellation)
    {
        var connection = new HttpConnection();
        await connection.socket.ConnectAsync(address.Host, address.Port, cancellation);
        return connection;
    }

    /// <summary>A POST with a JSON body, as bytes.</summary>
    public static byte[] Post(Uri address, string pathAndQuery, string body) => Encoding.ASCII.GetBytes(
        $"POST {pathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    /// <summary>Sends a request and waits for the whole answer.</summary>
    /// <returns>Its status.</returns>
    public async Task<int> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        await socket.SendAsync(request, cancellation);
        var length = 0;
        while (!IsWhole(answer.AsSpan(0, length)))
        {
            var read = await socket.ReceiveAsync(answer.AsMemory(length), cancellation);
            if (read == 0)
                throw new BenchmarkException($"The app ended a connection. Last it said: {Encoding.UTF8.GetString(answer, 0, length)}");
            length += read;
        }
        // "HTTP/1.1 202 Accepted"
        return int.Parse(answer.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture);
    }

    public void Dispose() => socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        var name = "Content-Length: "u8;
        var at = answer[..head].IndexOf(name);
        // Without a length it comes in chunks, of which the last is empty.
        if (at < 0)
            return answer[(head + 2)..].EndsWith("\r\n0\r\n\r\n"u8);
        var digits = answer[(at + name.Length)..head];
        var end = digits.IndexOf((byte)'\r');
        var body = int.Parse(end < 0 ? digits : digits[..end], NumberStyles.None, CultureInfo.InvariantCulture);
        return answer.Length == head + 4 + body;
    }
}
