using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FunctionApp.Http.Bulk;

/// <summary>A request's body with many jobs: whether it is taken at all, and how it is read.</summary>
internal static class BulkBody
{
    private const string Ndjson = "application/x-ndjson";

    // A job's name, an idempotency key and the rest of its options, with all of it escaped.
    private const int RoomForOptions = 16 * 1024;

    /// <exception cref="BadBodyException">It is of another media type, or says that it is too large.</exception>
    public static ItemReader Open(HttpRequest request, ApiOptions api, int maxArgumentBytes)
    {
        IItemScanner scanner = IsNdjson(request) ? new LineScanner() : request.HasJsonContentType() ? new ArrayScanner() : throw new BadBodyException(
            StatusCodes.Status415UnsupportedMediaType, $"The body is '{request.ContentType}'; send an array of jobs as application/json, or one job a line as {Ndjson}.");
        if (request.ContentLength > api.MaxRequestBytes)
            throw TooLarge(api.MaxRequestBytes);
        // The server's own limit, 30 MB, would cut a body off without a word to the caller. The reader counts.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        return new(request.BodyReader, scanner, maxArgumentBytes + RoomForOptions, api.MaxRequestBytes);
    }

    public static BadBodyException TooLarge(int maxBytes) => new(
        StatusCodes.Status413PayloadTooLarge, $"The body is larger than {maxBytes:N0} bytes (Api:MaxRequestBytes). Send the jobs in several requests.");

    private static bool IsNdjson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && string.Equals(type.MediaType, Ndjson, StringComparison.OrdinalIgnoreCase);
}
