using System.Text.Json;
using Lovage.Client;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Http.Bulk;

/// <summary>Reads <c>{"job":…,"args":…,"options":…}</c>.</summary>
internal static class JobItemParser
{
    private const string Fields = "job, args and options";
    private static readonly JsonElement NoArguments = JsonDocument.Parse("{}").RootElement;
    private static readonly string[] OptionNames = ["delay", "notBefore", "expires", "maxAttempts", "timeLimit", "idempotencyKey"];

    /// <summary>Reads the fields of an item; the arguments live as long as <paramref name="item"/> does.</summary>
    /// <exception cref="BadBodyException">It is no object.</exception>
    /// <exception cref="BadParameterException">One of its fields is missing, unknown or cannot be used.</exception>
    public static (string Name, JsonElement Arguments, EnqueueOptions Options) Read(JsonElement item)
    {
        if (item.ValueKind is not JsonValueKind.Object)
            throw new BadBodyException(StatusCodes.Status400BadRequest, $"A job is an object with {Fields}, not {Kind(item)}.");
        var fields = FieldsOf(item, "a job", Fields, ["job", "args", "options"]);
        if (!fields.TryGetValue("job", out var name))
            throw new BadParameterException("job", "'job' is missing: it takes the name of a job.");
        if (name.ValueKind is not JsonValueKind.String)
            throw new BadParameterException("job", $"'job' takes the name of a job, not {Kind(name)}.");
        return (name.GetString()!, fields.GetValueOrDefault("args", NoArguments), fields.TryGetValue("options", out var options) ? ReadOptions(options) : new());
    }

    private static EnqueueOptions ReadOptions(JsonElement options)
    {
        if (options.ValueKind is not JsonValueKind.Object)
            throw new BadParameterException("options", $"'options' takes an object with {string.Join(", ", OptionNames)}, not {Kind(options)}.");
        var given = FieldsOf(options, "options", string.Join(", ", OptionNames), OptionNames);
        return EnqueueParameters.Read((name, _) => given.TryGetValue(name, out var value) ? (name, Text(name, value)) : null);
    }

    // As in a query; but who writes JSON writes a number as one.
    private static string Text(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number when name is not "idempotencyKey" => value.GetRawText(),
        _ => throw new BadParameterException(name, $"'{name}' takes a text{(name is "idempotencyKey" ? "" : " or a number")}, not {Kind(value)}."),
    };

    private static Dictionary<string, JsonElement> FieldsOf(JsonElement element, string what, string takes, string[] known)
    {
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var field in element.EnumerateObject())
        {
            if (!known.Contains(field.Name, StringComparer.Ordinal))
                throw new BadParameterException(field.Name, $"'{field.Name}' is no field of {what}: there are {takes}.");
            if (!fields.TryAdd(field.Name, field.Value))
                throw new BadParameterException(field.Name, $"'{field.Name}' is given twice: give it once.");
        }
        return fields;
    }

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
