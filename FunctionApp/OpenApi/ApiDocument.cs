using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionApp.Http;
using Lovage.Jobs;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.OpenApi;

/// <summary>The API as OpenAPI 3.1: the fixed parts, and a path for each job. Made when first asked for, and kept.</summary>
public sealed class ApiDocument
{
    internal const string Route = "openapi.json";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JobRegistry registry;
    private volatile KeptDocument? kept;

    /// <param name="registry">The jobs of this app.</param>
    public ApiDocument(JobRegistry registry) => this.registry = registry;

    /// <summary>The document for callers who reach the API as this one does.</summary>
    internal IResult For(HttpRequest request)
    {
        // The host knows the prefix of its routes; a proxy may have put another before it.
        var path = $"{request.PathBase}{request.Path}".TrimEnd('/');
        var prefix = path[..^(Route.Length + 1)];
        // A host has one prefix, whatever its case: it cannot be made to keep many.
        if (kept is not { } document || !document.Prefix.Equals(prefix, StringComparison.OrdinalIgnoreCase))
            kept = document = new(prefix, StaticAnswer.Json(Build(prefix).ToJsonString(Readable)));
        return document.Answer;
    }

    private JsonObject Build(string prefix)
    {
        var document = Part.Read("document");
        document["servers"] = new JsonArray(new JsonObject { ["url"] = prefix.Length == 0 ? "/" : prefix });
        var components = document["components"]!.AsObject();
        var schemas = Part.Read("schemas");
        var accounts = Part.Read("accounts");
        var paths = new JobPaths(schemas).Of(registry.Jobs);
        Add(paths, Part.Read("paths"));
        Add(paths, accounts["paths"]!.AsObject());
        document["paths"] = paths;
        components["schemas"] = schemas;
        foreach (var name in new[] { "parameters", "headers", "responses" })
            components[name] = Part.Read(name);
        Add(schemas, accounts["schemas"]!.AsObject());
        Add(components["responses"]!.AsObject(), accounts["responses"]!.AsObject());
        return document;
    }

    private static void Add(JsonObject all, JsonObject more)
    {
        foreach (var (name, value) in more)
            all[name] = value!.DeepClone();
    }

    private sealed record KeptDocument(string Prefix, StaticAnswer Answer);
}
