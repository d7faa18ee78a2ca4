using System.Reflection;
using System.Text.Json.Nodes;
using Lovage.Jobs;

namespace FunctionApp.OpenApi;

/// <summary>A job as its callers see it, with the type of its own result.</summary>
internal sealed class ResultSchema(JobDefinition job, DocComments comments, DocComment comment)
{
    private const string Record = "#/components/schemas/JobRecord";

    public JsonObject OfJob(string location)
    {
        var schema = new JsonObject { ["description"] = $"A job {job.Name}.", ["allOf"] = new JsonArray(new JsonObject { ["$ref"] = Record }) };
        if (job.ResultType is { } type)
        {
            var result = new TypeSchema(comments).Of(type, $"{location}/allOf/1/properties/result", MayBeNull());
            result["description"] = $"{comment.Returns ?? "What it returned."} There only when it has succeeded.";
            schema["allOf"]!.AsArray().Add(new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["result"] = result } });
        }
        return schema;
    }

    private bool MayBeNull()
    {
        var declared = new NullabilityInfoContext().Create(job.Method.ReturnParameter);
        var result = declared.Type == job.ResultType ? declared : declared.GenericTypeArguments[0];
        return result.ReadState is NullabilityState.Nullable;
    }
}
