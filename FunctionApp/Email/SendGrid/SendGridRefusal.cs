using System.Net;
using System.Net.Http.Headers;
using Lovage.Jobs;

namespace FunctionApp.Email.SendGrid;

/// <summary>What an answer of SendGrid other than "accepted" means to the job.</summary>
internal static class SendGridRefusal
{
    private static readonly TimeSpan DefaultPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    public static Exception Of(HttpStatusCode status, HttpResponseHeaders headers, string body, string apiKey, DateTimeOffset now)
    {
        var errors = SendGridErrors.Of(body, apiKey);
        var said = $"{(int)status}{(errors.Length > 0 ? $": {errors}" : "")}";
        return status is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
            ? new RetryJobException(Pause(headers, now), $"SendGrid did not take the mail, and may later. {said}")
            : new RejectJobException($"SendGrid refused the mail. {said}");
    }

    private static TimeSpan Pause(HttpResponseHeaders headers, DateTimeOffset now)
    {
        var asked = headers.RetryAfter?.Delta ?? headers.RetryAfter?.Date - now ?? Reset(headers) - now;
        return asked is { } pause ? TimeSpan.FromTicks(Math.Clamp(pause.Ticks, ShortestPause.Ticks, LongestPause.Ticks)) : DefaultPause;
    }

    // SendGrid's own, in seconds since 1970.
    private static DateTimeOffset? Reset(HttpResponseHeaders headers) =>
        headers.TryGetValues("X-RateLimit-Reset", out var values) && long.TryParse(values.First(), out var seconds)
        && seconds > 0 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
