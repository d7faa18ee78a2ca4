using Lovage.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace FunctionApp.Http;

/// <summary>Where a job can be asked about: beside the address that it was posted to, whatever the route prefix.</summary>
internal static class JobUrl
{
    private const string Jobs = "/jobs/";

    /// <param name="id">The job.</param>
    /// <param name="request">Sent to <c>{prefix}/jobs</c>, or below it.</param>
    public static string Of(JobId id, HttpRequest request) => $"{Base(request)}{id}";

    /// <summary>What every job's address begins with.</summary>
    public static string Base(HttpRequest request)
    {
        var path = $"{request.Path.Value!.TrimEnd('/')}/";
        var jobs = path[..(path.IndexOf(Jobs, StringComparison.OrdinalIgnoreCase) + Jobs.Length)];
        return UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase, jobs);
    }
}
