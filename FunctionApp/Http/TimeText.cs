using System.Globalization;

namespace FunctionApp.Http;

/// <summary>A time as callers write it: ISO 8601; without an offset UTC.</summary>
internal static class TimeText
{
    public const string Form = "a time (ISO 8601) such as 2027-01-31T08:00:00Z";

    // What has no hyphen is a number or a time of day, and would be read as today's.
    public static DateTimeOffset? TryParse(string text) =>
        text.Contains('-', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
