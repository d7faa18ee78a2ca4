using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionApp.OpenApi;
using Lovage.Jobs;

namespace FunctionApp.Hosting.Admin.Calling;

/// <summary>A job's parameter as an option of its command.</summary>
internal sealed class JobOption
{
    private static readonly string[] Taken = ["wait", "delay", "key", "args", "json", "help"];

    private readonly JsonObject schema;

    public JobOption(JobParameter parameter, DocComments comments, DocComment comment)
    {
        (Name, IsOptional) = (parameter.Name, parameter.IsOptional);
        schema = new TypeSchema(comments).Of(parameter.Type, "#", parameter.TakesNull, parameter.Declaration);
        Option = IsTaken(Name) ? null : Make(parameter, new TypeSchema(comments).Of(parameter.Type, "#", takesNull: false), comment);
    }

    /// <summary>Whether an option of the command itself is called so.</summary>
    public static bool IsTaken(string name) => Taken.Contains(name, StringComparer.OrdinalIgnoreCase);

    public string Name { get; }

    public bool IsOptional { get; }

    /// <summary>Null if its name is taken.</summary>
    public Option<string?>? Option { get; }

    public string Example => Option is null ? $"--args {ArgsExample} " : $"--{Name} {Sample} ";

    public string ArgsExample => $$"""'{"{{Name}}":{{(TakesText ? $"\"{Sample}\"" : Sample)}}}'""";

    // Text needs no quotes of its own; everything else is written as JSON writes it.
    private bool TakesText => schema.ContainsKey("enum") || TypeText.Has(schema, "string");

    private string Sample => schema["enum"] is JsonArray { Count: > 0 } values ? $"{values[0]}" : TypeText.Sample(schema);

    /// <summary>Writes what was typed as its value. What cannot be its value is written as text: the engine says what it takes.</summary>
    public void Write(Utf8JsonWriter json, string text)
    {
        json.WritePropertyName(Name);
        if (TakesText || !IsJson(text))
            json.WriteStringValue(text);
        else
            json.WriteRawValue(text);
    }

    /// <summary>What an option that is given without a value says.</summary>
    public void WriteBare(Utf8JsonWriter json) => json.WriteBoolean(Name, true);

    private Option<string?> Make(JobParameter parameter, JsonObject bare, DocComment comment)
    {
        var option = new Option<string?>($"--{Name}", KebabCase())
        {
            HelpName = TypeText.Of(schema),
            Description = string.Join(" ", new[] { comment.Parameter(Name), TypeText.Limits(schema, bare), IsOptional ? Default(parameter) : "Required." }.OfType<string>()),
        };
        if (TypeText.Has(schema, "boolean"))
            option.Arity = ArgumentArity.ZeroOrOne;
        return option;
    }

    private static string Default(JobParameter parameter) => $"[default: {JsonSerializer.Serialize(parameter.Default, parameter.Type, JobJson.Options)}]";

    // --maxItems, and as most programs have it.
    private string[] KebabCase() => JsonNamingPolicy.KebabCaseLower.ConvertName(Name) is var other && other != Name ? [$"--{other}"] : [];

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
