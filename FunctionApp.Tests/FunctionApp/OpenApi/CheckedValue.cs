using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace FunctionApp.Tests.FunctionApp.OpenApi;

/// <summary>A value, and the place of the schema in the document that it is to fit.</summary>
/// <param name="Name">What a failing test calls it.</param>
/// <param name="Schema">A JSON pointer as a fragment: <c>#/components/schemas/Job</c>.</param>
/// <param name="Value">The value.</param>
/// <param name="Fits">False if it must not fit.</param>
internal sealed record CheckedValue(string Name, string Schema, JsonNode? Value, bool Fits = true)
{
    /// <summary>An answer, and what the document says of answers with its status.</summary>
    /// <param name="document">The document.</param>
    /// <param name="operation">As in <c>post /jobs/math.add</c>.</param>
    /// <param name="answer">What the running app said.</param>
    public static async Task<CheckedValue> OfAsync(JsonNode document, string operation, HttpResponseMessage answer)
    {
        using (answer)
        {
            var (method, path) = (operation.Split(' ')[0], operation.Split(' ')[1]);
            var name = $"{operation} {(int)answer.StatusCode}";
            var place = $"#/paths/{Step(path)}/{method}/responses/{(int)answer.StatusCode}";
            var response = document["paths"]![path]![method]!["responses"]![$"{(int)answer.StatusCode}"];
            Assert.True(response is not null, $"{name} is not in the document.");
            if ((string?)response["$ref"] is { } reference)
                (place, response) = (reference, document["components"]!["responses"]![reference.Split('/')[^1]]!);
            foreach (var (header, _) in (response["headers"]?.AsObject() ?? []).Where(header => IsRequired(document, header.Value!)))
                Assert.True(answer.Headers.Contains(header), $"{name} has no header {header}.");
            var mediaType = answer.Content.Headers.ContentType!.MediaType!;
            Assert.True(response["content"]?[mediaType] is not null, $"{name} is {mediaType}, which is not in the document.");
            return new(name, $"{place}/content/{Step(mediaType)}/schema", await answer.Content.ReadFromJsonAsync<JsonNode>());
        }
    }

    /// <summary>What is sent to a job.</summary>
    public static string BodyOf(string job) => $"#/paths/{Step($"/jobs/{job}")}/post/requestBody/content/{Step("application/json")}/schema";

    private static bool IsRequired(JsonNode document, JsonNode header) =>
        (bool?)document["components"]!["headers"]![((string)header["$ref"]!).Split('/')[^1]]!["required"] ?? false;

    private static string Step(string name) => Uri.EscapeDataString(name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
}
