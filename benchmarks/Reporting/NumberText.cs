using System.Globalization;

namespace Benchmarks.Reporting;

/// <summary>Numbers for people.</summary>
internal static class NumberText
{
    // Three figures tell all that such a measurement can.
    public static string Of(double? value) => value is not { } number ? "" : number.ToString(Format(Math.Abs(number)), CultureInfo.InvariantCulture);

    public static string Of(Target? target) => target is null ? "" : (target.IsLeast ? "≥ " : "≤ ") + Of(target.Bound);

    private static string Format(double size) => size switch
    {
        >= 100 => "N0",
        >= 10 => "0.0",
        >= 1 => "0.00",
        >= 0.1 => "0.000",
        _ => "0.0000",
    };
}
