using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Lovage.Jobs.Rules;

/// <summary>Says what a rule asks for, to be read after the argument's name. What the attribute itself was told to say comes first.</summary>
internal static class RuleText
{
    // These two come with a message as if somebody had set it; it does not say which values.
    private static readonly string?[] NotOurs = [new AllowedValuesAttribute().ErrorMessage, new DeniedValuesAttribute().ErrorMessage];

    public static string Of(ValidationAttribute rule, object? value, string name) => rule switch
    {
        _ when IsWorded(rule) => Own(rule, name),
        RangeAttribute range => $"must be {Range(range)}, not {Text(value)}",
        StringLengthAttribute { MinimumLength: 0 } length => $"must have at most {length.MaximumLength} {Unit(value, length.MaximumLength)}, not {Count(value)}",
        StringLengthAttribute length => $"must have {length.MinimumLength} to {length.MaximumLength} {Unit(value, length.MaximumLength)}, not {Count(value)}",
        LengthAttribute length => $"must have {length.MinimumLength} to {length.MaximumLength} {Unit(value, length.MaximumLength)}, not {Count(value)}",
        MinLengthAttribute length => $"must have at least {length.Length} {Unit(value, length.Length)}, not {Count(value)}",
        MaxLengthAttribute length => $"must have at most {length.Length} {Unit(value, length.Length)}, not {Count(value)}",
        RegularExpressionAttribute expression => $"must match {expression.Pattern}",
        AllowedValuesAttribute allowed => $"must be one of {string.Join(", ", allowed.Values.Select(Text))}",
        DeniedValuesAttribute denied => $"must be none of {string.Join(", ", denied.Values.Select(Text))}",
        RequiredAttribute => "must not be empty",
        _ => Own(rule, name),
    };

    private static bool IsWorded(ValidationAttribute rule) =>
        rule is not DataTypeAttribute && (rule.ErrorMessageResourceName ?? rule.ErrorMessage) is { } text && !NotOurs.Contains(text);

    private static string Own(ValidationAttribute rule, string name) => $"is refused: {rule.FormatErrorMessage(name).TrimEnd('.')}";

    private static string Range(RangeAttribute range) =>
        $"{(range.MinimumIsExclusive ? "more than" : "at least")} {Text(range.Minimum)} and {(range.MaximumIsExclusive ? "less than" : "at most")} {Text(range.Maximum)}";

    private static string Unit(object? value, int count) => (value is string ? "character" : "element") + (count == 1 ? "" : "s");

    private static int Count(object? value) => value switch
    {
        string text => text.Length,
        IEnumerable elements => elements.Cast<object?>().Count(),
        _ => 0,
    };

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "null";
}
