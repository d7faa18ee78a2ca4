using System.Globalization;

namespace FunctionApp.Hosting.Admin.Output;

/// <summary>Times as people say them.</summary>
internal static class TimeSpanText
{
    /// <summary><c>3 min ago</c>, <c>in 10 s</c>.</summary>
    public static string Relative(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        // The store's clock and this one differ by so much without being wrong.
        { TotalSeconds: > -1 and < 1 } => "now",
        { Ticks: > 0 } past => $"{Of(past)} ago",
        var future => $"in {Of(future.Negate())}",
    };

    /// <summary>In the largest unit that is reached: <c>3 min</c>.</summary>
    public static string Of(TimeSpan span) => span switch
    {
        { TotalMilliseconds: < 1000 } => Number(span.TotalMilliseconds, "ms"),
        { TotalSeconds: < 60 } => Number(span.TotalSeconds, "s"),
        { TotalMinutes: < 60 } => Number(span.TotalMinutes, "min"),
        { TotalHours: < 48 } => Number(span.TotalHours, "h"),
        _ => Number(span.TotalDays, "days"),
    };

    /// <summary><c>2027-01-31 08:00:00Z</c>.</summary>
    public static string Absolute(DateTimeOffset at) => at.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);

    private static string Number(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(value):0} {unit}");
}
