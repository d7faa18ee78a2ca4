using System.Text.Json.Nodes;

namespace FunctionApp.Hosting.Admin.Calling;

/// <summary>A JSON Schema in a few words.</summary>
internal static class TypeText
{
    public static bool Has(JsonObject schema, string type) => Types(schema).Contains(type);

    /// <summary><c>integer</c>, <c>red|green</c>, <c>JSON array of string</c>.</summary>
    public static string Of(JsonObject schema)
    {
        if (schema["enum"] is JsonArray values)
            return string.Join('|', values.OfType<JsonNode>().Select(value => $"{value}"));
        return Types(schema).FirstOrDefault(type => type != "null") switch
        {
            "array" => schema["items"] is JsonObject items ? $"JSON array of {Of(items)}" : "JSON array",
            "object" => "JSON object",
            null => "JSON",
            var type => type,
        };
    }

    /// <summary>The range that attributes ask for; null if there is none.</summary>
    /// <param name="schema">With the attributes.</param>
    /// <param name="bare">Without.</param>
    public static string? Limits(JsonObject schema, JsonObject bare)
    {
        var parts = new[] { ("at least", "minimum"), ("more than", "exclusiveMinimum"), ("at most", "maximum"), ("less than", "exclusiveMaximum") }
            .Where(limit => schema[limit.Item2] is not null && !JsonNode.DeepEquals(schema[limit.Item2], bare[limit.Item2]))
            .Select(limit => $"{limit.Item1} {schema[limit.Item2]}").ToArray();
        return parts.Length == 0 ? null : $"{char.ToUpperInvariant(parts[0][0])}{string.Join(", ", parts)[1..]}.";
    }

    /// <summary>A value for an example.</summary>
    public static string Sample(JsonObject schema) => Types(schema).FirstOrDefault() switch
    {
        "integer" or "number" => "1",
        "boolean" => "true",
        "array" => "[]",
        "string" => "text",
        _ => "{}",
    };

    private static IEnumerable<string> Types(JsonObject schema) => schema["type"] switch
    {
        JsonArray several => several.Select(type => type!.GetValue<string>()),
        JsonValue one => [one.GetValue<string>()],
        _ => [],
    };
}
