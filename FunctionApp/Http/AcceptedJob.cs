using System.Text.Json;
using Lovage.Jobs;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Http;

/// <summary>202: the job is recorded and will run; where to ask about it.</summary>
internal sealed class AcceptedJob(JobId id, string name) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var statusUrl = JobUrl.Of(id, httpContext.Request);
        response.StatusCode = StatusCodes.Status202Accepted;
        response.Headers.Location = statusUrl;
        response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("id"u8, id.Value);
        json.WriteString("name"u8, name);
        json.WriteString("state"u8, "queued"u8);
        json.WriteString("statusUrl"u8, statusUrl);
        json.WriteEndObject();
    }
}
