using System.Globalization;

namespace FunctionApp.Http;

/// <summary>A span of time as callers write it: a whole number and <c>ms</c>, <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c>; without a unit seconds.</summary>
internal static class DurationText
{
    public const string Form = "a whole number with ms, s, m, h or d, such as 500ms, 10s or 7d; without a unit seconds";

    public static TimeSpan? TryParse(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        if (!long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        double? seconds = text[digits..] switch
        {
            "ms" => number / 1_000.0,
            "" or "s" => number,
            "m" => number * 60.0,
            "h" => number * 3_600.0,
            "d" => number * 86_400.0,
            _ => null,
        };
        // Beyond what a span can hold nothing is meant; the engine says what it takes.
        return seconds is { } value ? TimeSpan.FromSeconds(Math.Min(value, TimeSpan.MaxValue.TotalSeconds / 2)) : null;
    }
}
