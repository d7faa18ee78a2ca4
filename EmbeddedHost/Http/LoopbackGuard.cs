using System.Net.Http.Headers;
using System.Net.Sockets;
using EmbeddedHost.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace EmbeddedHost.Http;

/// <summary>
/// Loopback is no boundary against web pages: any page that the developer visits may send requests to localhost. So a request must name localhost as its
/// host (a page that points its own name at 127.0.0.1 cannot), must not come from a page of another origin, and a body must be JSON (which a page
/// cannot send elsewhere without asking first, and this host never answers that question). A link from elsewhere may be followed.
/// <para>
/// On another address the host cannot know its names, and keys keep strangers out; a page must then have the origin that it calls.
/// </para>
/// </summary>
internal sealed class LoopbackGuard(ListenAddress listen)
{
    // The stock host's own limit.
    private const long LargestBody = 100L * 1024 * 1024;

    private static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "[::1]"];

    private readonly string[] ownNames = listen.Ip is { } ip ? [.. LoopbackNames.Union([ip.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{ip}]" : $"{ip}"])] : LoopbackNames;

    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var request = http.Request;
        if (listen.IsLoopback && !ownNames.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase))
            return Refuse(http, StatusCodes.Status403Forbidden, $"The Host header is '{request.Host.Value}'; this host answers to {string.Join(", ", ownNames)}.");

        if (request.Headers.Origin is { Count: > 0 } origin && !IsOwn(origin, http))
            return Refuse(http, StatusCodes.Status403Forbidden, $"The Origin header is '{origin}'; pages of other origins may not call this host.");

        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site && site != "same-origin" && site != "none" && !IsLinkFollowed(request))
            return Refuse(http, StatusCodes.Status403Forbidden, $"The Sec-Fetch-Site header is '{site}'; pages of other sites may not call this host.");

        if (request.ContentLength > LargestBody)
            return Refuse(http, StatusCodes.Status413PayloadTooLarge, $"The body has {request.ContentLength} bytes; the limit is {LargestBody}.");

        if (http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true && !IsJson(request.ContentType))
            return Refuse(http, StatusCodes.Status415UnsupportedMediaType, $"The Content-Type is '{request.ContentType}'; a body must be application/json, application/*+json or application/x-ndjson.");

        return next(http);
    }

    private bool IsOwn(StringValues origin, HttpContext http)
    {
        if (origin.Count != 1 || !Uri.TryCreate(origin[0], UriKind.Absolute, out var uri))
            return false;

        // Whatever the scheme: a proxy before this host may speak TLS for it.
        return listen.IsLoopback
            ? uri.Scheme == Uri.UriSchemeHttp && uri.Port == http.Connection.LocalPort && ownNames.Contains(uri.Host, StringComparer.OrdinalIgnoreCase)
            : uri.Authority.Equals(http.Request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }

    // Somebody clicked a link to this app, in a mail for example. The page that held it sees nothing of the answer, and to read changes nothing.
    private static bool IsLinkFollowed(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] == "navigate" && request.Headers["Sec-Fetch-Dest"] == "document";

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType is { } media
        && (media.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || media.Equals("application/x-ndjson", StringComparison.OrdinalIgnoreCase)
            || media.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    // The types that the app's own answers of these statuses have: a caller need not know which of the two refused.
    private static Task Refuse(HttpContext http, int status, string detail) => Problem.WriteAsync(http, status, detail, "urn:lovage:problem:" + status switch
    {
        StatusCodes.Status403Forbidden => "forbidden",
        StatusCodes.Status413PayloadTooLarge => "too-large",
        _ => "unsupported-media-type",
    });
}
