using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace EmbeddedHost.Http;

/// <summary>An answer of the host itself that says what is wrong and why.</summary>
internal static class Problem
{
    public static Task WriteAsync(HttpContext http, int status, string detail)
    {
        http.Response.StatusCode = status;
        var body = new { title = ReasonPhrases.GetReasonPhrase(status), status, detail };
        return http.Response.WriteAsJsonAsync(body, options: null, "application/problem+json", http.RequestAborted);
    }
}
