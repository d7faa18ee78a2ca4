using System.Text.Json;

namespace FunctionApp.Tests.FunctionApp.Fuzz;

/// <summary>One operation of the OpenAPI document.</summary>
/// <param name="Method">In capitals.</param>
/// <param name="Path">With its parameters in braces, below <c>/api</c>.</param>
/// <param name="Query">The names of its query parameters.</param>
/// <param name="Headers">The names of its header parameters.</param>
/// <param name="Body">The schema of an object that it takes as its body; null if it takes none.</param>
internal sealed record ApiOperation(string Method, string Path, IReadOnlyList<string> Query, IReadOnlyList<string> Headers, JsonElement? Body)
{
    private static readonly string[] Methods = ["get", "post", "put", "delete", "patch"];

    /// <summary>True if its path is a job's.</summary>
    public bool IsJob => Method == "POST" && Path.StartsWith("/jobs/", StringComparison.Ordinal) && !Path.Contains('{', StringComparison.Ordinal);

    /// <summary>True if it changes nothing.</summary>
    public bool OnlyAsks => Method == "GET";

    public static IReadOnlyList<ApiOperation> Read(JsonElement document) =>
    [
        .. from path in document.GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           where Methods.Contains(operation.Name)
           let parameters = Parameters(document, path.Value).Concat(Parameters(document, operation.Value)).ToArray()
           select new ApiOperation(operation.Name.ToUpperInvariant(), path.Name, Named(parameters, "query"), Named(parameters, "header"), BodyOf(document, operation.Value)),
    ];

    /// <summary>Follows a reference within the document, if it is one.</summary>
    public static JsonElement Resolve(JsonElement document, JsonElement node)
    {
        while (node.ValueKind == JsonValueKind.Object && node.TryGetProperty("$ref", out var reference))
            node = reference.GetString()!.Split('/').Skip(1).Aggregate(document, (at, name) => at.GetProperty(name));
        return node;
    }

    private static IEnumerable<JsonElement> Parameters(JsonElement document, JsonElement owner) =>
        owner.TryGetProperty("parameters", out var list) ? list.EnumerateArray().Select(one => Resolve(document, one)) : [];

    private static string[] Named(IEnumerable<JsonElement> parameters, string place) =>
        [.. parameters.Where(parameter => parameter.GetProperty("in").GetString() == place).Select(parameter => parameter.GetProperty("name").GetString()!)];

    private static JsonElement? BodyOf(JsonElement document, JsonElement operation)
    {
        if (!operation.TryGetProperty("requestBody", out var body) || !Resolve(document, body).GetProperty("content").TryGetProperty("application/json", out var json))
            return null;
        var schema = Resolve(document, json.GetProperty("schema"));
        var choices = schema.TryGetProperty("oneOf", out var oneOf) ? oneOf.EnumerateArray().Select(one => Resolve(document, one)) : [schema];
        return choices.Cast<JsonElement?>().FirstOrDefault(choice => choice!.Value.TryGetProperty("type", out var type) && type.ValueEquals("object"));
    }
}
