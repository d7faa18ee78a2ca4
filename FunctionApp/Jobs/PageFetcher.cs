using System.Text.Json;
using Lovage.Jobs;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Configuration;

namespace FunctionApp.Jobs;

/// <summary>Fetches one page for a job. Safe to share between a job's children: all that it holds is.</summary>
public sealed class PageFetcher(IHttpClientFactory http, IDistributedCache cache, IConfiguration configuration, IJobContextAccessor jobs)
{
    /// <summary>The client's name: it follows no redirects, since they could lead past the allowed hosts.</summary>
    public const string ClientName = "demo.fetch";

    private static readonly DistributedCacheEntryOptions KeepShort = new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(10) };

    public async Task<FetchedPage> FetchAsync(string url, CancellationToken cancellation)
    {
        // An open "fetch any address" would let a caller reach what only this server can reach.
        var allowed = (configuration["DemoFetchHosts"] ?? "localhost,127.0.0.1").Split(',', StringSplitOptions.TrimEntries);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || !allowed.Contains(uri.Host))
            return Describe(url) with { Error = $"Not fetched: DemoFetchHosts allows http and https on {string.Join(", ", allowed)}." };
        if (await cache.GetAsync(uri.AbsoluteUri, cancellation) is { } kept)
            return JsonSerializer.Deserialize<FetchedPage>(kept)! with { Job = Describe(url).Job, FromCache = true };
        var page = await RequestAsync(uri, url, cancellation);
        if (page.Error is null)
            await cache.SetAsync(uri.AbsoluteUri, JsonSerializer.SerializeToUtf8Bytes(page), KeepShort, cancellation);
        return page;
    }

    /// <summary>A child's entry with the job it runs in, which flows to it from the job's body.</summary>
    public FetchedPage Describe(string source) => new(source, jobs.Context?.Id.ToString());

    private async Task<FetchedPage> RequestAsync(Uri uri, string url, CancellationToken cancellation)
    {
        try
        {
            using var client = http.CreateClient(ClientName);
            using var response = await client.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancellation);
            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            return Describe(url) with { Status = (int)response.StatusCode, Bytes = await CountAsync(body, cancellation) };
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return Describe(url) with { Error = e.Message };
        }
    }

    private static async Task<long> CountAsync(Stream body, CancellationToken cancellation)
    {
        var buffer = new byte[16 * 1024];
        long count = 0;
        while (await body.ReadAsync(buffer, cancellation) is > 0 and var read)
            count += read;
        return count;
    }
}
