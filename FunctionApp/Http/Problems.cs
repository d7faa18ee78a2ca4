using System.Globalization;
using Lovage.Jobs;
using Lovage.Store;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Http;

/// <summary>The errors of the API, as problem details (RFC 9457). The type of each is stable: callers may switch on it.</summary>
internal static class Problems
{
    private const int RetryAfterSeconds = 5;

    public static IResult UnknownJob(UnknownJobException e) => Of(
        StatusCodes.Status404NotFound, "unknown-job", "No such job", $"There is no job '{e.Job}'.", new() { ["known"] = e.Known });

    public static IResult JobNotFound(string id) => Of(
        StatusCodes.Status404NotFound, "job-not-found", "Job not found", $"There is no job with id '{id}'. It was never enqueued here, or it ended and was trimmed.");

    public static IResult InvalidArguments(InvalidArgumentsException e) => Of(
        StatusCodes.Status400BadRequest, "invalid-arguments", "Invalid arguments", $"Job '{e.Job}' does not take these arguments.",
        new() { ["errors"] = e.Errors.GroupBy(x => x.Argument).ToDictionary(g => g.Key, g => g.Select(x => x.Message).ToArray()) });

    public static IResult BadBody(BadBodyException e) => e.Status switch
    {
        StatusCodes.Status413PayloadTooLarge => TooLarge(e.Message),
        StatusCodes.Status415UnsupportedMediaType => Of(e.Status, "unsupported-media-type", "Unsupported media type", e.Message),
        _ => Of(e.Status, "invalid-body", "Invalid body", e.Message),
    };

    public static IResult TooLarge(string detail) => Of(StatusCodes.Status413PayloadTooLarge, "too-large", "Too large", detail);

    public static IResult Forbidden(string detail) => Of(StatusCodes.Status403Forbidden, "forbidden", "Forbidden", detail);

    public static IResult StoreUnavailable(JobStoreUnavailableException e, HttpRequest request)
    {
        request.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return Of(
            StatusCodes.Status503ServiceUnavailable, "store-unavailable", "Store unavailable", e.Message,
            e.JobId is { } id ? new() { ["id"] = id.ToString() } : null);
    }

    private static IResult Of(int status, string type, string title, string detail, Dictionary<string, object?>? more = null) =>
        Results.Problem(detail, statusCode: status, title: title, type: $"urn:lovage:problem:{type}", extensions: more);
}
