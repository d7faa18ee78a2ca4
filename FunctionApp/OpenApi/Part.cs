using System.Text.Json.Nodes;

namespace FunctionApp.OpenApi;

/// <summary>The fixed parts of the document: JSON files of this assembly, to be read and changed as such.</summary>
internal static class Part
{
    public static JsonObject Read(string name)
    {
        using var file = typeof(Part).Assembly.GetManifestResourceStream($"OpenApi/{name}.json")
            ?? throw new InvalidOperationException($"This assembly has no part OpenApi/{name}.json.");
        return JsonNode.Parse(file)!.AsObject();
    }
}
