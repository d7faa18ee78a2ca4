using EmbeddedHost.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace EmbeddedHost.Keys;

/// <summary>Lets in who shows a key, where keys are set. As on the stock host: in a header, or else in the query.</summary>
internal sealed partial class KeyCheck(FunctionKeys keys, ILogger<KeyCheck> logger)
{
    private const string Header = "x-functions-key";
    private const string QueryName = "code";

    /// <summary>Puts the check before an endpoint; without keys there is nothing to check.</summary>
    public RequestDelegate Before(RequestDelegate endpoint)
    {
        if (!keys.AreSet)
            return endpoint;

        return http => IsLetIn(http.Request) ? endpoint(http) : RefuseAsync(http);
    }

    // Several values are no key: which of them was meant?
    private bool IsLetIn(HttpRequest request) => Shown(request) is [{ } key] && keys.Contains(key);

    private static StringValues Shown(HttpRequest request) => request.Headers.TryGetValue(Header, out var header) ? header : request.Query[QueryName];

    private Task RefuseAsync(HttpContext http)
    {
        var hasKey = Shown(http.Request).Count > 0;
        LogRefused(logger, http.GetEndpoint()?.DisplayName, hasKey ? "wrong key" : "no key");

        // No registered scheme fits; browsers pass over one that they do not know, so nobody is asked for a password.
        http.Response.Headers.WWWAuthenticate = $"FunctionsKey header=\"{Header}\", query=\"{QueryName}\"";
        return Problem.WriteAsync(
            http,
            StatusCodes.Status401Unauthorized,
            $"{(hasKey ? "The key is not one of this host's" : "This needs a key")}. Send one in the header {Header}, or as ?{QueryName}= in the query.",
            "urn:lovage:problem:unauthorized");
    }

    [LoggerMessage(EventIds.Keys + 1, LogLevel.Debug, "Refused a request to {Endpoint}: {Reason}.")]
    private static partial void LogRefused(ILogger logger, string? endpoint, string reason);
}
