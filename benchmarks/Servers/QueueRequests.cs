using System.Net.Http.Json;

namespace Benchmarks.Servers;

/// <summary>How many requests Azurite has got, counted within it by <c>count-requests.cjs</c>.</summary>
internal sealed class QueueRequests(StorageAddress storage)
{
    private static readonly HttpClient Http = new();

    /// <summary>All requests for a queue so far: puts, receives (also those that got nothing), deletes, updates and any other.</summary>
    public async Task<long> CountAsync(string queue, CancellationToken cancellation)
    {
        var counts = await Http.GetFromJsonAsync<Dictionary<string, long>>(new Uri(storage.QueueEndpoint, "/request-counts"), cancellation);
        return counts!.Where(count => count.Key.Split('/').ElementAtOrDefault(2) == queue).Sum(count => count.Value);
    }
}
