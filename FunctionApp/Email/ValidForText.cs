namespace FunctionApp.Email;

/// <summary>How long a link can be used, as one says it. Rounded down: nobody should come too late.</summary>
internal static class ValidForText
{
    public static string Of(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } when span.Ticks % TimeSpan.TicksPerDay == 0 => $"{span.Days} days",
        { TotalHours: >= 1 } when span.Ticks % TimeSpan.TicksPerHour == 0 => Count((int)span.TotalHours, "hour"),
        { TotalHours: >= 3 } => Count((int)span.TotalHours, "hour"),
        _ => Count(Math.Max(1, (int)span.TotalMinutes), "minute"),
    };

    private static string Count(int number, string unit) => number == 1 ? $"1 {unit}" : $"{number} {unit}s";
}
