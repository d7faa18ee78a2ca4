using System.Text.Json;
using Lovage.Jobs;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace FunctionApp.Jobs;

/// <summary>Fetches one page for a job. Safe to share between a job's children: all that it holds is.</summary>
public sealed partial class PageFetcher(
    IHttpClientFactory http, IDistributedCache cache, IConfiguration configuration, IJobContextAccessor jobs, TimeProvider time, ILogger<PageFetcher> logger)
{
    /// <summary>The client's name: it follows no redirects, since they could lead past the allowed hosts.</summary>
    public const string ClientName = "demo.fetch";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly DistributedCacheEntryOptions KeepShort = new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(10) };

    public async Task<FetchedPage> FetchAsync(string url, CancellationToken cancellation)
    {
        // An open "fetch any address" would let a caller reach what only this server can reach.
        var allowed = (configuration["DemoFetchHosts"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || !allowed.Contains(uri.Host))
            return Describe(url) with { Error = $"Not fetched: DemoFetchHosts allows http and https on {(allowed.Length == 0 ? "no host" : string.Join(", ", allowed))}." };
        if (await KeptAsync(uri, cancellation) is { } kept)
            return kept with { Job = Describe(url).Job, FromCache = true };
        var page = await RequestAsync(uri, url, cancellation);
        if (page.Error is null)
            await KeepAsync(uri, page, cancellation);
        return page;
    }

    // A cache that is down is an empty one: the page is fetched all the same.
    private async Task<FetchedPage?> KeptAsync(Uri uri, CancellationToken cancellation)
    {
        try
        {
            return await cache.GetAsync(uri.AbsoluteUri, cancellation) is { } kept ? JsonSerializer.Deserialize<FetchedPage>(kept) : null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNoCache(e.Message);
            return null;
        }
    }

    private async Task KeepAsync(Uri uri, FetchedPage page, CancellationToken cancellation)
    {
        try
        {
            await cache.SetAsync(uri.AbsoluteUri, JsonSerializer.SerializeToUtf8Bytes(page), KeepShort, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNoCache(e.Message);
        }
    }

    /// <summary>A child's entry with the job it runs in, which flows to it from the job's body.</summary>
    public FetchedPage Describe(string source) => new(source, jobs.Context?.Id.ToString());

    private async Task<FetchedPage> RequestAsync(Uri uri, string url, CancellationToken cancellation)
    {
        try
        {
            using var client = http.CreateClient(ClientName);
            // The client's own timeout ends with the headers; a body may drip for ever.
            using var limit = new CancellationTokenSource(Limit, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
            using var response = await client.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, either.Token);
            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            return Describe(url) with { Status = (int)response.StatusCode, Bytes = await CountAsync(body, either.Token) };
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return Describe(url) with { Error = e.Message };
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The cache does not answer: {Error}")]
    private partial void LogNoCache(string error);

    private static async Task<long> CountAsync(Stream body, CancellationToken cancellation)
    {
        var buffer = new byte[16 * 1024];
        long count = 0;
        while (await body.ReadAsync(buffer, cancellation) is > 0 and var read)
            count += read;
        return count;
    }
}
