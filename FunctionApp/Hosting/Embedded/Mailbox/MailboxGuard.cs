using System.Net;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Hosting.Mailbox;

/// <summary>
/// The mailbox is for people and tests on this machine: its mails hold links that sign in. So it answers to callers on loopback alone, under no name but
/// localhost's (a page that points its own name at 127.0.0.1 is another origin otherwise), and to no proxy. Other sites may lead to it but change nothing.
/// </summary>
internal static class MailboxGuard
{
    private static readonly string[] Names = ["localhost", "127.0.0.1", "[::1]"];
    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host"];

    public static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } caller && IPAddress.IsLoopback(caller.IsIPv4MappedToIPv6 ? caller.MapToIPv4() : caller)
        && Names.Contains(http.Request.Host.Host, StringComparer.OrdinalIgnoreCase)
        && !ProxyHeaders.Any(http.Request.Headers.ContainsKey);

    /// <summary>Whether it comes from another site's page. A program sends neither header.</summary>
    public static bool IsFromAnotherSite(HttpRequest request) =>
        (request.Headers.Origin is { Count: > 0 } origin && !$"{request.Scheme}://{request.Host}".Equals(origin, StringComparison.OrdinalIgnoreCase))
        || (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site && site != "same-origin" && site != "none");
}
