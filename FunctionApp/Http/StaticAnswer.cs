using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace FunctionApp.Http;

/// <summary>200 with what stays the same for as long as the process runs, or 304 to a caller who has it already.</summary>
internal sealed class StaticAnswer : IResult
{
    private readonly byte[] content;
    private readonly string mediaType;
    private readonly EntityTagHeaderValue tag;

    private StaticAnswer(string content, string mediaType)
    {
        (this.content, this.mediaType) = (Encoding.UTF8.GetBytes(content), mediaType);
        tag = new($"\"{Base64Url.EncodeToString(SHA256.HashData(this.content).AsSpan(0, 12))}\"");
    }

    public static StaticAnswer Json(string content) => new(content, "application/json");

    public Task ExecuteAsync(HttpContext httpContext)
    {
        // Asked for with a key: no cache that others share may keep it, and the next deployment may change it.
        httpContext.Response.Headers.CacheControl = "private, no-cache";
        httpContext.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(content, mediaType, entityTag: tag).ExecuteAsync(httpContext);
    }
}
