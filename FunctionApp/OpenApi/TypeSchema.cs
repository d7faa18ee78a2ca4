using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Lovage.Jobs;

namespace FunctionApp.OpenApi;

/// <summary>The JSON Schema of a type, as the engine reads and writes it, with what attributes and comments say.</summary>
internal sealed class TypeSchema(DocComments comments)
{
    /// <param name="type">The type.</param>
    /// <param name="location">Where in the document it will be: a type that holds itself refers to it.</param>
    /// <param name="takesNull">Whether it may be null; the type alone does not say so.</param>
    /// <param name="place">Where its validation attributes stand, if anywhere.</param>
    public JsonObject Of(Type type, string location, bool takesNull, ICustomAttributeProvider? place = null)
    {
        var options = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };
        // "true" is the schema of what may be anything.
        var schema = JobJson.Options.GetJsonSchemaAsNode(type, options) as JsonObject ?? [];
        Relocate(schema, location);
        AddRules(schema, type, place);
        if (takesNull)
            AddNull(schema);
        return schema;
    }

    private JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is not JsonObject schema)
            return node;
        if (schema.ContainsKey("enum") && !schema.ContainsKey("type"))
            schema.Insert(0, "type", schema["enum"]!.AsArray().Contains(null) ? new JsonArray("string", "null") : "string");
        NumberKeywords.Add(schema, context.TypeInfo.Type);
        if (context.PropertyInfo is { } property)
        {
            AddRules(schema, property.PropertyType, property.AttributeProvider, property.AssociatedParameter?.AttributeProvider);
            if (property.AttributeProvider is PropertyInfo declared && comments.Of(declared) is { } text)
                schema["description"] = schema["description"] is { } more ? $"{text} {more}" : text;
        }
        return schema;
    }

    private static void AddRules(JsonObject schema, Type type, params ReadOnlySpan<ICustomAttributeProvider?> places)
    {
        foreach (var place in places)
        {
            foreach (var rule in (ValidationAttribute[]?)place?.GetCustomAttributes(typeof(ValidationAttribute), inherit: true) ?? [])
                RuleKeywords.Add(schema, rule, type);
        }
    }

    private static void AddNull(JsonObject schema)
    {
        switch (schema["type"])
        {
            case JsonValue one:
                schema["type"] = new JsonArray(one.DeepClone(), "null");
                break;
            case JsonArray several when !several.Any(type => type?.GetValue<string>() == "null"):
                several.Add("null");
                break;
        }
        if (schema["enum"] is JsonArray values && !values.Contains(null))
            values.Add(null);
    }

    private static void Relocate(JsonNode? node, string location)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
                Relocate(item, location);
        }
        if (node is not JsonObject schema)
            return;
        foreach (var (name, value) in schema.ToArray())
        {
            if (name == "$ref" && value?.GetValue<string>() is ['#', .. var rest])
                schema[name] = location + rest;
            else
                Relocate(value, location);
        }
    }
}
