using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FunctionApp.Tests.FunctionApp.Fuzz;

/// <summary>Bodies that nobody may take.</summary>
internal sealed class BadBodies(JsonElement document, Random random)
{
    /// <summary>The largest argument that the fuzzed app takes: small, so that what is too large for it is quickly sent.</summary>
    public const int MaxBytes = 4_096;

    private static readonly string[] Samples = ["null", "true", "\"text\"", "[]", "{}", "1.5", "-1e400", "\"\\ud800\"", "[[[]]]", "{\"a\":{\"b\":null}}"];

    /// <summary>JSON that is no arguments of any job: whatever is wrong besides, it runs nothing.</summary>
    public byte[] Useless() => """{"no such argument":1}"""u8.ToArray();

    /// <summary>An object that a schema does not take.</summary>
    public (string Why, string Json) AgainstSchema(JsonElement schema)
    {
        var properties = schema.TryGetProperty("properties", out var all) ? all.EnumerateObject().ToArray() : [];
        if (properties.Length == 0 || random.Next(4) == 0)
            return Any<(string, string)>(
            [
                ("unknown argument", """{"no such argument":1}"""), ("no object", Any(["1", "\"x\"", "null", "true"])), ("too many values", $"[{string.Join(',', Enumerable.Repeat("1", 40))}]"),
                ("argument twice", """{"x":1,"X":1,"x":2,"no":1}"""),
            ]);
        var property = properties[random.Next(properties.Length)];
        var wrong = Samples.Where(sample => !Takes(property.Value, sample)).ToArray();
        var value = Bound(property.Value) is { } bound && random.Next(2) == 0 ? bound : wrong.Length > 0 ? Any(wrong) : null;
        var name = JsonSerializer.Serialize(property.Name);
        return value is null ? ("unknown argument", """{"no such argument":1}""") : ($"argument {property.Name}", $"{{{name}:{value}}}");
    }

    /// <summary>Bytes that are no JSON, or too much of it.</summary>
    public (string Why, string ContentType, byte[] Body) AgainstJson() => random.Next(12) switch
    {
        0 => ("deep arrays", "application/json", Text(new string('[', random.Next(65, MaxBytes)))),
        1 => ("deep objects", "application/json", Text(string.Concat(Enumerable.Repeat("{\"a\":", random.Next(65, MaxBytes / 5))))),
        2 => ("huge", "application/json", Text($"{{\"message\":\"{new string('a', random.Next(MaxBytes, 200_000))}\"}}")),
        3 => ("huge number", "application/json", Text($"{{\"x\":{new string('9', random.Next(400, MaxBytes - 10))},\"y\":1}}")),
        4 => ("not UTF-8", "application/json", [.. "{\"message\":\""u8, 0xff, 0xfe, 0xc0, 0xaf, .. "\"}"u8]),
        5 => ("UTF-16", "application/json; charset=utf-16", Encoding.Unicode.GetBytes("""{"x":1,"y":2}""")),
        6 => ("compressed", "application/json", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xab]),
        7 => ("control characters", "application/json", Text("{\"x\":1,\u0000\"y\":2}")),
        8 => ("another type", Any(["text/plain", "application/xml", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "", "application/json;;", "*/*"]), Text("<x/>")),
        9 => ("cut off", "application/json", Text("""{"x":1,"y":""")),
        10 => ("comments", "application/json", Text("""{"x":1,/* one */"y":2,}""")),
        _ => ("noise", "application/json", Noise()),
    };

    private byte[] Noise()
    {
        var noise = new byte[random.Next(1, MaxBytes)];
        random.NextBytes(noise);
        // By no chance JSON.
        noise[0] = (byte)'}';
        return noise;
    }

    // By the types that the schema names; what names none takes anything.
    private bool Takes(JsonElement schema, string sample)
    {
        schema = ApiOperation.Resolve(document, schema);
        if (schema.TryGetProperty("anyOf", out var any) || schema.TryGetProperty("oneOf", out any))
            return any.EnumerateArray().Any(one => Takes(one, sample));
        if (!schema.TryGetProperty("type", out var type))
            return true;
        var types = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()!).ToArray() : [type.GetString()!];
        return JsonNode.Parse(sample) switch
        {
            null => types.Contains("null"),
            JsonArray => types.Contains("array"),
            JsonObject => types.Contains("object"),
            // Half a character is no text.
            JsonValue value when value.GetValueKind() == JsonValueKind.String => types.Contains("string") && !sample.Contains("\\ud800", StringComparison.Ordinal),
            JsonValue value when value.GetValueKind() is JsonValueKind.True => types.Contains("boolean"),
            _ => types.Contains("number") && sample != "-1e400",
        };
    }

    private static string? Bound(JsonElement schema) =>
        schema.TryGetProperty("maximum", out var maximum) ? $"{maximum.GetDouble() + 1}" : schema.TryGetProperty("minimum", out var minimum) ? $"{minimum.GetDouble() - 1}" : null;

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private T Any<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
