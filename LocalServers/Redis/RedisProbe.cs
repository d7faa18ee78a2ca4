using System.Net.Sockets;
using System.Text;

namespace LocalServers.Redis;

/// <summary>Recognises a Redis by its answer to PING, and asks it for name and version.</summary>
internal static class RedisProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static async Task<ProbeAnswer> AskAsync(RedisAddress address, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var impatience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(impatience.Token, cancellationToken);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address.Host, address.Port, either.Token);
            return await TalkAsync(client.GetStream(), either.Token);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused)
        {
            return ProbeAnswer.Nothing;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return new(ProbeState.Stranger, $"it ended the conversation when asked PING ({e.Message})");
        }
        catch (OperationCanceledException) when (impatience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new(ProbeState.Stranger, $"it gave no answer to PING within {Patience.TotalSeconds} s");
        }
    }

    private static async Task<ProbeAnswer> TalkAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync("*1\r\n$4\r\nPING\r\n"u8.ToArray(), cancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        var answer = await reader.ReadLineAsync(cancellationToken) ?? "";
        if (answer.StartsWith("-LOADING", StringComparison.Ordinal)) return new(ProbeState.Loading, "Redis, still loading its data");
        if (answer.StartsWith("-NOAUTH", StringComparison.Ordinal)) return new(ProbeState.Ready, "Redis (with a password)");
        if (answer != "+PONG") return new(ProbeState.Stranger, $"to PING it answered '{(answer.Length > 40 ? answer[..40] + "…" : answer)}'");

        await stream.WriteAsync("*2\r\n$4\r\nINFO\r\n$6\r\nserver\r\n"u8.ToArray(), cancellationToken);
        return new(ProbeState.Ready, await ReadVersionAsync(reader, cancellationToken));
    }

    // A bulk string: "$1234", the text, and an empty line after it. Garnet also gives the version of Redis that it is like.
    private static async Task<string> ReadVersionAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var header = await reader.ReadLineAsync(cancellationToken) ?? "";
        if (!header.StartsWith('$') || !int.TryParse(header.AsSpan(1), out var length)) return "Redis";
        var text = new char[length];
        await reader.ReadBlockAsync(text, cancellationToken);
        var pairs = new string(text).Split("\r\n").Select(line => line.Split(':', 2)).Where(pair => pair.Length == 2);
        var fields = pairs.ToLookup(pair => pair[0], pair => pair[1]);
        if (fields["garnet_version"].FirstOrDefault() is { } garnet) return $"Garnet {garnet}";
        return fields["redis_version"].FirstOrDefault() is { } redis ? $"Redis {redis}" : "Redis";
    }
}
