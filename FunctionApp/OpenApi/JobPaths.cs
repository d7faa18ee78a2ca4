using System.Text.Json.Nodes;
using Lovage.Jobs;

namespace FunctionApp.OpenApi;

/// <summary>A path for each job, with schemas of its arguments and its result.</summary>
/// <param name="schemas">The document's schemas; those of the jobs are added.</param>
internal sealed class JobPaths(JsonObject schemas)
{
    private readonly DocComments comments = new();

    public JsonObject Of(IEnumerable<JobDefinition> jobs)
    {
        var paths = new JsonObject();
        foreach (var job in jobs)
            paths[$"/jobs/{job.Name}"] = new JsonObject { ["post"] = Operation(job) };
        return paths;
    }

    private JsonObject Operation(JobDefinition job)
    {
        var (operation, prefix) = (Part.Read("job"), UniquePrefix(job.Name));
        var comment = comments.Of(job.Method);
        var former = job.Aliases.Count == 0 ? "" : $" Former names, which still work: {string.Join(", ", job.Aliases.Select(alias => $"`{alias}`"))}.";
        operation.Insert(0, "operationId", $"enqueue{prefix}");
        operation.Insert(1, "summary", comment.FirstSentence ?? job.Name);
        if ((comment.AfterFirstSentence + former).Trim() is { Length: > 0 } description)
            operation.Insert(2, "description", description);

        var schema = new ArgumentSchemas(job, comments, comment);
        schemas[$"{prefix}Arguments"] = schema.ByName($"#/components/schemas/{prefix}Arguments");
        schemas[$"{prefix}ByPosition"] = schema.ByPosition($"#/components/schemas/{prefix}ByPosition");
        var body = operation["requestBody"]!;
        if (job.Arguments.Any(argument => !argument.IsOptional))
            body["required"] = true;
        Content(body)["schema"] = new JsonObject { ["oneOf"] = new JsonArray(Reference($"{prefix}Arguments"), Reference($"{prefix}ByPosition")) };

        schemas[$"{prefix}Job"] = new ResultSchema(job, comments, comment).OfJob($"#/components/schemas/{prefix}Job");
        Content(operation["responses"]!["200"]!)["schema"] = Reference($"{prefix}Job");
        return operation;
    }

    // Two names may differ in nothing but their dots and hyphens, and a name may begin as one of the fixed schemas does.
    private string UniquePrefix(string job)
    {
        var prefix = string.Concat(job.Split('.', '-', '_').Where(word => word.Length > 0).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        var number = 1;
        var unique = prefix;
        while (schemas.ContainsKey($"{unique}Arguments") || schemas.ContainsKey($"{unique}Job"))
            unique = $"{prefix}{++number}";
        return unique;
    }

    private static JsonNode Content(JsonNode owner) => owner["content"]!["application/json"]!;

    private static JsonObject Reference(string schema) => new() { ["$ref"] = $"#/components/schemas/{schema}" };
}
