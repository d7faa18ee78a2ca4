using System.Text.Json;
using Lovage.Jobs;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Http;

/// <summary>202: the job is recorded and will run; where to ask about it.</summary>
/// <param name="id">The job.</param>
/// <param name="name">Its name.</param>
/// <param name="state">Its state.</param>
/// <param name="statusUrl">Where to ask; null to whom no address was said.</param>
internal sealed class AcceptedJob(JobId id, string name, JobState state, string? statusUrl) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = StatusCodes.Status202Accepted;
        response.Headers.Location = statusUrl;
        response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("id"u8, id.Value);
        json.WriteString("name"u8, name);
        json.WriteString("state"u8, StateText.Of(state));
        if (statusUrl is not null)
            json.WriteString("statusUrl"u8, statusUrl);
        json.WriteEndObject();
    }
}
