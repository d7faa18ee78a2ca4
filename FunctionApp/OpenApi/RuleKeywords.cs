using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Lovage.Jobs;

namespace FunctionApp.OpenApi;

/// <summary>A validation attribute in the words of JSON Schema; what those cannot say is said in the description.</summary>
internal static class RuleKeywords
{
    public static void Add(JsonObject schema, ValidationAttribute rule, Type type)
    {
        switch (rule)
        {
            case RangeAttribute range when Number(range.Minimum) is not null || Number(range.Maximum) is not null:
                Narrow(schema, range.MinimumIsExclusive ? "exclusiveMinimum" : "minimum", Number(range.Minimum), Math.Max);
                Narrow(schema, range.MaximumIsExclusive ? "exclusiveMaximum" : "maximum", Number(range.Maximum), Math.Min);
                break;
            case StringLengthAttribute length:
                Length(schema, type, length.MinimumLength, length.MaximumLength);
                break;
            case LengthAttribute length:
                Length(schema, type, length.MinimumLength, length.MaximumLength);
                break;
            case MinLengthAttribute length:
                Length(schema, type, length.Length, null);
                break;
            case MaxLengthAttribute { Length: >= 0 } length:
                Length(schema, type, null, length.Length);
                break;
            case MaxLengthAttribute:
                break;
            case RequiredAttribute { AllowEmptyStrings: false } when type == typeof(string):
                Length(schema, type, 1, null);
                break;
            case RequiredAttribute:
                break;
            // The attribute lets the empty string pass, and wants the whole of any other.
            case RegularExpressionAttribute expression:
                schema["pattern"] = $"^(?:{expression.Pattern})?$";
                break;
            case UrlAttribute:
                schema["format"] = "uri";
                break;
            case EmailAddressAttribute:
                schema["format"] = "email";
                break;
            case Base64StringAttribute:
                schema["contentEncoding"] = "base64";
                break;
            case AllowedValuesAttribute allowed:
                schema["enum"] = Values(allowed.Values);
                break;
            case DeniedValuesAttribute denied:
                schema["not"] = new JsonObject { ["enum"] = Values(denied.Values) };
                break;
            default:
                var text = rule.FormatErrorMessage("This").TrimEnd('.') + ".";
                schema["description"] = schema["description"] is { } before ? $"{before} {text}" : text;
                break;
        }
    }

    // A type's own bounds may be the narrower ones.
    private static void Narrow(JsonObject schema, string keyword, decimal? bound, Func<decimal, decimal, decimal> narrower)
    {
        if (bound is { } value)
            schema[keyword] = schema[keyword] is { } own ? narrower(own.GetValue<decimal>(), value) : value;
    }

    private static void Length(JsonObject schema, Type type, int? least, int? most)
    {
        var (minimum, maximum) = type == typeof(string) ? ("minLength", "maxLength")
            : JobJson.Options.GetTypeInfo(type).Kind is JsonTypeInfoKind.Dictionary ? ("minProperties", "maxProperties") : ("minItems", "maxItems");
        if (least > 0)
            schema[minimum] = least;
        if (most is not null)
            schema[maximum] = most;
    }

    private static JsonArray Values(object?[] values) => [.. values.Select(value => JsonSerializer.SerializeToNode(value, JobJson.Options))];

    // double.MaxValue is no bound that anybody means.
    private static decimal? Number(object bound) => bound switch
    {
        double number when Math.Abs(number) < 1e28 => (decimal)number,
        int number => number,
        string text when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };
}
