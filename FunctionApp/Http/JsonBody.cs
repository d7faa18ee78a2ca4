using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Http;

/// <summary>Reads a JSON body without ever holding more of it than the limit.</summary>
internal static class JsonBody
{
    private static readonly JsonElement Empty = JsonDocument.Parse("{}").RootElement;

    private const string OtherPlace = " (Lovage:MaxArgumentBytes). Store the data elsewhere and pass where it is.";

    /// <param name="request">Its body is read.</param>
    /// <param name="maxBytes">As large as it may be.</param>
    /// <param name="maxDepth">As deep as it may be nested.</param>
    /// <param name="cancellation">Gives up reading.</param>
    /// <param name="wayOut">What to say to whoever sent more.</param>
    /// <exception cref="BadBodyException">The body is too large, of another media type, or no JSON.</exception>
    public static async Task<JsonElement> ReadAsync(HttpRequest request, int maxBytes, int maxDepth, CancellationToken cancellation, string wayOut = OtherPlace)
    {
        if (request.ContentLength > maxBytes)
            throw TooLarge(maxBytes, wayOut);
        var body = await BufferAsync(request, maxBytes, wayOut, cancellation);
        if (body.IsEmpty)
            return Empty;
        if (!request.HasJsonContentType())
            throw new BadBodyException(StatusCodes.Status415UnsupportedMediaType, $"The body is '{request.ContentType}'; send Content-Type: application/json.");
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = maxDepth });
            return document.RootElement.Clone();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new BadBodyException(StatusCodes.Status400BadRequest, $"The body is not JSON: {e.Message}");
        }
    }

    private static async Task<ReadOnlyMemory<byte>> BufferAsync(HttpRequest request, int maxBytes, string wayOut, CancellationToken cancellation)
    {
        var buffer = new ArrayBufferWriter<byte>(Math.Clamp((int)(request.ContentLength ?? 0), 256, maxBytes) + 1);
        while (true)
        {
            var read = await request.Body.ReadAsync(buffer.GetMemory(), cancellation);
            if (read == 0)
                return buffer.WrittenMemory;
            buffer.Advance(read);
            if (buffer.WrittenCount > maxBytes)
                throw TooLarge(maxBytes, wayOut);
        }
    }

    private static BadBodyException TooLarge(int maxBytes, string wayOut) =>
        new(StatusCodes.Status413PayloadTooLarge, $"The body is larger than {maxBytes:N0} bytes{wayOut}");
}
