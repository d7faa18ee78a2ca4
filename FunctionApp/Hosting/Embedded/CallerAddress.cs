using FunctionApp.Accounts.Limits;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Hosting;

/// <summary>The IP address that a request comes from, to count its tries. No header is believed: anybody may write one.</summary>
internal static class CallerAddress
{
    public static string Of(HttpRequest request) => AddressBlock.Of(request.HttpContext.Connection.RemoteIpAddress);
}
