using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace EmbeddedHost.Http;

/// <summary>An answer of the host itself that says what is wrong and why.</summary>
internal static class Problem
{
    // What needs no word beyond its status, as the standard (RFC 9457) calls it.
    private const string NoType = "about:blank";

    public static Task WriteAsync(HttpContext http, int status, string detail, string type = NoType)
    {
        http.Response.StatusCode = status;
        var body = new { type, title = ReasonPhrases.GetReasonPhrase(status), status, detail };
        return http.Response.WriteAsJsonAsync(body, options: null, "application/problem+json", http.RequestAborted);
    }
}
