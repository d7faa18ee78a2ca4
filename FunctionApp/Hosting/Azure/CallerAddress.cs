using System.Net;
using FunctionApp.Accounts.Limits;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Hosting;

/// <summary>
/// The IP address that a request comes from, to count its tries. The connection's is the host's. The platform's front end adds the caller's at the end of
/// <c>X-Forwarded-For</c>; what stands before it, anybody may have written.
/// </summary>
internal static class CallerAddress
{
    public static string Of(HttpRequest request)
    {
        var last = request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim();
        return AddressBlock.Of(IPEndPoint.TryParse(last, out var caller) ? caller.Address : request.HttpContext.Connection.RemoteIpAddress);
    }
}
