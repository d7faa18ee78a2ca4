using System.Globalization;
using System.Text.RegularExpressions;

namespace FunctionApp.Tests.Docs.Settings;

/// <summary>A range as the document writes it: <c>1 to 10,000</c>, <c>1 second to 5 minutes</c>, <c>0 or more</c>.</summary>
/// <param name="From">The first value that is taken.</param>
/// <param name="To">The last one; null if there is none.</param>
internal sealed partial record RangeText(object From, object? To)
{
    /// <summary>Null if the text is no range of numbers or times.</summary>
    public static RangeText? Parse(string text, Type type)
    {
        var match = Form().Match(text);
        if (!match.Success)
            return null;
        var unit = match.Groups["toUnit"].Value;
        return new(
            Value(match.Groups["from"].Value, match.Groups["fromUnit"] is { Success: true } own ? own.Value : unit, type),
            match.Groups["to"].Success ? Value(match.Groups["to"].Value, unit, type) : null);
    }

    /// <summary>The value next to one that is allowed: below or above it.</summary>
    public static object Beside(object value, int step) => value switch
    {
        int number => number + step,
        double number => number + step * 0.001,
        TimeSpan time => time + TimeSpan.FromTicks(step),
        _ => throw new NotSupportedException($"{value.GetType()} has no next value."),
    };

    private static object Value(string digits, string unit, Type type)
    {
        var number = double.Parse(digits, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        return type == typeof(TimeSpan) ? number * Unit(unit) : Convert.ChangeType(number, type, CultureInfo.InvariantCulture);
    }

    private static TimeSpan Unit(string name) => name.TrimEnd('s') switch
    {
        "" => TimeSpan.Zero,
        "millisecond" => TimeSpan.FromMilliseconds(1),
        "second" => TimeSpan.FromSeconds(1),
        "minute" => TimeSpan.FromMinutes(1),
        "hour" => TimeSpan.FromHours(1),
        "day" => TimeSpan.FromDays(1),
        _ => throw new FormatException($"'{name}' is no unit of time."),
    };

    [GeneratedRegex(@"^(?<from>[\d,]+)(?: (?!to|or)(?<fromUnit>[a-z]+))? (?:to (?<to>[\d,]+)(?: (?<toUnit>[a-z]+))?|or more)$")]
    private static partial Regex Form();
}
