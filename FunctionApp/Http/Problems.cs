using System.Globalization;
using System.Text.Json;
using FunctionApp.Http.Listing;
using Lovage.Client;
using Lovage.DeadLetters;
using Lovage.Jobs;
using Lovage.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace FunctionApp.Http;

/// <summary>The errors of the API, as problem details (RFC 9457). The type of each is stable: callers may switch on it.</summary>
internal static class Problems
{
    private const int RetryAfterSeconds = 5;

    /// <summary>The problem that an error is to a caller; null if it is none of theirs.</summary>
    public static IResult? Of(Exception error, HttpRequest request) => error switch
    {
        BadBodyException e => BadBody(e),
        BadHttpRequestException e => BrokenRequest(e),
        BadParameterException e => BadParameter(e.Parameter, e.Message),
        UnknownJobException e => UnknownJob(e),
        InvalidArgumentsException e => InvalidArguments(e),
        ArgumentsTooLargeException e => TooLarge(e.Message),
        IdempotencyConflictException e => IdempotencyConflict(e),
        ArgumentException { ParamName: { } option } e when EnqueueParameters.IsOption(option) || ListParameters.IsParameter(option) => BadParameter(JsonNamingPolicy.CamelCase.ConvertName(option), e.Message),
        JobStoreUnavailableException e => StoreUnavailable(e, request),
        _ => null,
    };

    /// <summary>The same for one of many jobs: to be written into an answer.</summary>
    /// <exception cref="InvalidOperationException">It is none of the caller's.</exception>
    public static ProblemDetails DetailsOf(Exception error, HttpRequest request) => Of(error, request) is ProblemHttpResult problem
        ? problem.ProblemDetails
        : throw new InvalidOperationException("This is no error of a caller.", error);

    /// <param name="read">How many jobs the request has.</param>
    /// <param name="refused">How many of them are refused.</param>
    /// <param name="errors">What is wrong with the first of them: a problem as JSON.</param>
    public static IResult JobsRefused(int read, int refused, IEnumerable<(int Index, ReadOnlyMemory<byte> Error)> errors) => Of(
        StatusCodes.Status400BadRequest, "jobs-refused", "Jobs refused", $"{refused:N0} of {read:N0} jobs are refused, so none was recorded.",
        new() { ["refused"] = refused, ["errors"] = errors.Select(one => new { one.Index, Error = JsonSerializer.Deserialize<JsonElement>(one.Error.Span) }).ToArray() });

    public static IResult BadParameter(string parameter, string detail) =>
        Of(StatusCodes.Status400BadRequest, "invalid-parameter", "Invalid parameter", detail, new() { ["parameter"] = parameter });

    public static IResult IdempotencyConflict(IdempotencyConflictException e) =>
        Of(StatusCodes.Status409Conflict, "idempotency-conflict", "Idempotency key used before", e.Message, new() { ["id"] = e.First.ToString() });

    public static IResult NotCancellable(JobId id, JobState state) => Of(
        StatusCodes.Status409Conflict, "not-cancellable", "Not cancellable", $"Job {id} has ended already.", new() { ["state"] = StateText.Of(state) });

    public static IResult NotFailed(JobId id, JobState state) => Of(
        StatusCodes.Status409Conflict, "not-failed", "Not failed", state is JobState.Failed ? $"{id} is a message that could not be read: it never was a job." : $"Job {id} has not failed: only what has can be replayed.", new() { ["state"] = StateText.Of(state) });

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

    // The server's own word about a body: too slow, broken off, badly framed, too large for it.
    private static IResult BrokenRequest(BadHttpRequestException e) => e.StatusCode switch
    {
        StatusCodes.Status408RequestTimeout => Of(e.StatusCode, "too-slow", "Too slow", "The body came too slowly. Send it again."),
        StatusCodes.Status413PayloadTooLarge => TooLarge(e.Message),
        _ => Of(StatusCodes.Status400BadRequest, "invalid-body", "Invalid body", $"The body could not be read to its end: {e.Message}"),
    };

    public static IResult TooLarge(string detail) => Of(StatusCodes.Status413PayloadTooLarge, "too-large", "Too large", detail);

    public static IResult Forbidden(string detail) => Of(StatusCodes.Status403Forbidden, "forbidden", "Forbidden", detail);

    public static IResult TooManyStreams(HttpRequest request, int limit)
    {
        RetryLater(request);
        return Of(StatusCodes.Status429TooManyRequests, "too-many-streams", "Too many event streams", $"{limit:N0} event streams are open (Api:MaxEventStreams). Ask GET /jobs/{{id}} instead, or later.");
    }

    public static IResult StoreUnavailable(JobStoreUnavailableException e, HttpRequest request) =>
        StoreUnavailable(request, e.Message, e.JobId is { } id ? new() { ["id"] = id.ToString() } : null);

    public static IResult ReplayBrokeOff(JobStoreUnavailableException e, HttpRequest request, DeadLetterReplay replay) => StoreUnavailable(
        request, string.Create(CultureInfo.InvariantCulture, $"{e.Message} {replay.Replayed.Count:N0} of {replay.Matched.Count:N0} jobs were replayed before, or a few more, and run. Ask again for the others."),
        new() { ["replayed"] = replay.Replayed.Count });

    private static IResult StoreUnavailable(HttpRequest request, string detail, Dictionary<string, object?>? more)
    {
        RetryLater(request);
        return Of(StatusCodes.Status503ServiceUnavailable, "store-unavailable", "Store unavailable", detail, more);
    }

    internal static void RetryLater(HttpRequest request) => request.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);

    internal static IResult Of(int status, string type, string title, string detail, Dictionary<string, object?>? more = null) =>
        Results.Problem(detail, statusCode: status, title: title, type: $"urn:lovage:problem:{type}", extensions: more);
}
