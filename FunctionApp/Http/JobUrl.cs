using Lovage.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace FunctionApp.Http;

/// <summary>Where a job can be asked about: beside the address that it was posted to, whatever the route prefix.</summary>
internal static class JobUrl
{
    public static string Of(JobId id, HttpRequest request)
    {
        var path = request.Path.Value!;
        var parent = path[..(path.TrimEnd('/').LastIndexOf('/') + 1)];
        return UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase, $"{parent}{id}");
    }
}
