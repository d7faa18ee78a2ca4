using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace FunctionApp.Http.Bulk;

/// <summary>
/// What became of each job, in order. Written when the request was read, not while: many callers read nothing before they have sent all, and would
/// wait for this app as it waits for them.
/// </summary>
/// <param name="outcomes">What became of those that were read.</param>
/// <param name="urlBase">What each job's address begins with.</param>
/// <param name="stop">Why the rest was not read; null if all was.</param>
internal sealed class BulkAnswer(IReadOnlyList<ItemOutcome> outcomes, string urlBase, ProblemDetails? stop = null) : IResult
{
    private const int FlushBytes = 16 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var refused = outcomes.Count(outcome => outcome.Error is not null);
        var response = httpContext.Response;
        // If nothing at all came of the request, then it failed.
        var isProblem = stop is not null && refused == outcomes.Count;
        response.StatusCode = isProblem ? stop!.Status!.Value : StatusCodes.Status202Accepted;
        response.ContentType = isProblem ? "application/problem+json" : "application/json";
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartObject();
        if (isProblem)
            WriteFields(json, stop!);
        json.WriteStartArray("jobs"u8);
        foreach (var (index, outcome) in outcomes.Index())
        {
            Write(json, index, outcome);
            if (json.BytesPending > FlushBytes)
                await json.FlushAsync(httpContext.RequestAborted);
        }
        json.WriteEndArray();
        json.WriteNumber("accepted"u8, outcomes.Count - refused);
        json.WriteNumber("refused"u8, refused);
        if (stop is not null && !isProblem)
        {
            json.WritePropertyName("error"u8);
            JsonSerializer.Serialize(json, stop, JsonSerializerOptions.Web);
        }
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, int index, ItemOutcome outcome)
    {
        json.WriteStartObject();
        json.WriteNumber("index"u8, index);
        if (outcome.Id is { } id)
            json.WriteString("id"u8, id.Value);
        if (outcome.Name is not null)
            json.WriteString("name"u8, outcome.Name);
        if (outcome.State is { } state)
            json.WriteString("state"u8, StateText.Of(state));
        if (outcome.Id is not null)
            json.WriteString("statusUrl"u8, $"{urlBase}{outcome.Id}");
        if (outcome.Error is { } error)
        {
            json.WritePropertyName("error"u8);
            json.WriteRawValue(error.Span, skipInputValidation: true);
        }
        json.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter json, ProblemDetails problem)
    {
        foreach (var field in JsonSerializer.SerializeToElement(problem, JsonSerializerOptions.Web).EnumerateObject())
            field.WriteTo(json);
    }
}
