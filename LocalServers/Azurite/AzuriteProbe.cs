using System.Net.Sockets;

namespace LocalServers.Azurite;

/// <summary>Recognises Azurite by the Server header of its answers, which it gives to anybody.</summary>
internal static class AzuriteProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static async Task<ProbeAnswer> AskAsync(AzuriteAddress address, CancellationToken cancellationToken)
    {
        var queue = await AskAsync(address, address.QueuePort, "Azurite-Queue/", cancellationToken);
        if (queue.State is ProbeState.Stranger || address.BlobPort == 0) return queue;
        var blob = await AskAsync(address, address.BlobPort, "Azurite-Blob/", cancellationToken);
        return (queue.State, blob.State) switch
        {
            (_, ProbeState.Stranger) => blob,
            (ProbeState.Nothing, ProbeState.Ready) => new(ProbeState.Stranger, $"an Azurite on port {address.BlobPort} that serves blobs without queues"),
            // A queue service alone is enough: that is what is needed.
            _ => queue,
        };
    }

    private static async Task<ProbeAnswer> AskAsync(AzuriteAddress address, int port, string product, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync($"http://{address.ShownHost}:{port}/{AzuriteAddress.Account}?comp=list", cancellationToken);
            var server = answer.Headers.TryGetValues("Server", out var values) ? string.Join(' ', values) : "";
            return server.StartsWith(product, StringComparison.Ordinal)
                ? new(ProbeState.Ready, $"Azurite {server[product.Length..]}")
                : new(ProbeState.Stranger, $"an HTTP server on port {port} that calls itself '{server}'");
        }
        catch (HttpRequestException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            return ProbeAnswer.Nothing;
        }
        catch (HttpRequestException e)
        {
            return new(ProbeState.Stranger, $"port {port} is open but does not speak HTTP ({e.HttpRequestError})");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(ProbeState.Stranger, $"port {port} is open but gave no answer within {Patience.TotalSeconds} s");
        }
    }
}
