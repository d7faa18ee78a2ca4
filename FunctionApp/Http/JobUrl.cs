using Lovage.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace FunctionApp.Http;

/// <summary>Where a job can be asked about: beside the address that it was posted to, whatever the route prefix.</summary>
internal static class JobUrl
{
    private const string Jobs = "/jobs/";

    /// <param name="id">The job.</param>
    /// <param name="request">Sent to <c>{prefix}/jobs/{something}</c>, or below it.</param>
    public static string Of(JobId id, HttpRequest request)
    {
        var path = request.Path.Value!;
        var jobs = path[..(path.IndexOf(Jobs, StringComparison.OrdinalIgnoreCase) + Jobs.Length)];
        return UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase, $"{jobs}{id}");
    }
}
