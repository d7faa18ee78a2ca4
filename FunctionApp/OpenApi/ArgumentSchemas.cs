using System.Text.Json;
using System.Text.Json.Nodes;
using Lovage.Jobs;

namespace FunctionApp.OpenApi;

/// <summary>What a job takes, as its method declares it.</summary>
internal sealed class ArgumentSchemas(JobDefinition job, DocComments comments, DocComment comment)
{
    private readonly JobParameter[] arguments = [.. job.Arguments];

    public JsonObject ByName(string location)
    {
        var properties = new JsonObject();
        foreach (var argument in arguments)
            properties[argument.Name] = Of(argument, $"{location}/properties/{argument.Name}");
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["description"] = $"The arguments of {job.Name} by name.",
            ["properties"] = properties,
            ["additionalProperties"] = false,
        };
        if (arguments.Where(argument => !argument.IsOptional).Select(argument => (JsonNode)argument.Name).ToArray() is { Length: > 0 } required)
            schema["required"] = new JsonArray(required);
        return schema;
    }

    public JsonObject ByPosition(string location)
    {
        var schema = new JsonObject { ["type"] = "array", ["description"] = $"The arguments of {job.Name} by position." };
        if (arguments.Length > 0)
            schema["prefixItems"] = new JsonArray([.. arguments.Select((argument, i) => Of(argument, $"{location}/prefixItems/{i}"))]);
        schema["minItems"] = Array.FindLastIndex(arguments, argument => !argument.IsOptional) + 1;
        schema["maxItems"] = arguments.Length;
        return schema;
    }

    private JsonObject Of(JobParameter argument, string location)
    {
        var schema = new TypeSchema(comments).Of(argument.Type, location, argument.TakesNull, argument.Declaration);
        if (comment.Parameter(argument.Name) is { } text)
            Describe(schema, text);
        if (argument.IsOptional && (argument.Default is not null || argument.TakesNull))
            schema["default"] = JsonSerializer.SerializeToNode(argument.Default, argument.Type, JobJson.Options);
        return schema;
    }

    // What is said of the argument goes before what is said of its type.
    private static void Describe(JsonObject schema, string text) =>
        schema["description"] = schema["description"] is { } more ? $"{text} {more}" : text;
}
