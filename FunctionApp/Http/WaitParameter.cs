using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Http;

/// <summary>For how long a caller would wait for a job's end: <c>?wait=10s</c>, or <c>Prefer: wait=10</c> (RFC 7240).</summary>
internal static class WaitParameter
{
    private const string Applied = "Preference-Applied";

    /// <returns>Zero if nobody waits; a longer wish is cut to <paramref name="longest"/>.</returns>
    /// <exception cref="BadParameterException">It cannot be read.</exception>
    public static TimeSpan Read(HttpRequest request, TimeSpan longest)
    {
        var text = request.Query["wait"] is { Count: > 0 } query ? query.ToString() : null;
        var wish = text is not null
            ? DurationText.TryParse(text) ?? throw new BadParameterException("wait", $"'wait' cannot be read: it takes {DurationText.Form}.")
            : Preferred(request);
        var wait = wish < longest ? wish : longest;
        if (text is null && wait > TimeSpan.Zero)
            TellThatItWasApplied(request.HttpContext.Response, wait);
        return wait;
    }

    // With what it was cut to; not on an answer that says what is wrong with the request.
    private static void TellThatItWasApplied(HttpResponse response, TimeSpan wait) => response.OnStarting(() =>
    {
        if (response.StatusCode < StatusCodes.Status400BadRequest)
            response.Headers[Applied] = string.Create(CultureInfo.InvariantCulture, $"wait={wait.TotalSeconds:0}");
        return Task.CompletedTask;
    });

    // A preference that cannot be understood is none: so the RFC has it.
    private static TimeSpan Preferred(HttpRequest request) => request.Headers["Prefer"]
        .SelectMany(value => (value ?? "").Split(',', ';'))
        .Select(preference => preference.Trim())
        .Where(preference => preference.StartsWith("wait=", StringComparison.OrdinalIgnoreCase))
        .Select(preference => uint.TryParse(preference.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero)
        .FirstOrDefault();
}
