using System.Net.Http.Json;

namespace Benchmarks.Servers;

/// <summary>How many requests Azurite has got, counted within it by <c>count-requests.cjs</c>.</summary>
internal sealed class QueueRequests(StorageAddress storage)
{
    private static readonly HttpClient Http = new();

    /// <summary>All requests for a queue so far: puts, receives (also those that got nothing), deletes, updates and any other.</summary>
    public async Task<long> CountAsync(string queue, CancellationToken cancellation) => (await OfAsync(queue, cancellation)).Sum(count => count.Value);

    /// <summary>The messages that were put into a queue so far.</summary>
    public async Task<long> CountPutsAsync(string queue, CancellationToken cancellation) =>
        (await OfAsync(queue, cancellation)).Where(count => count.Key.StartsWith("POST", StringComparison.Ordinal)).Sum(count => count.Value);

    // Each is counted as "POST /account/queue/messages".
    private async Task<IEnumerable<KeyValuePair<string, long>>> OfAsync(string queue, CancellationToken cancellation)
    {
        var counts = await Http.GetFromJsonAsync<Dictionary<string, long>>(new Uri(storage.QueueEndpoint, "/request-counts"), cancellation);
        return counts!.Where(count => count.Key.Split('/').ElementAtOrDefault(2) == queue);
    }
}
