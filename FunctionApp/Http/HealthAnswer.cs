using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Http;

/// <summary>200 if all is well, else 503: what was looked at, each <c>ok</c> or what is wrong with it.</summary>
internal sealed class HealthAnswer(params (string Name, string? Error)[] parts) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var isHealthy = parts.All(part => part.Error is null);
        response.StatusCode = isHealthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        response.ContentType = "application/json";
        // A proxy that keeps it would tell of a health that was.
        response.Headers.CacheControl = "no-store";
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("status"u8, isHealthy ? "healthy"u8 : "unhealthy"u8);
        foreach (var (name, error) in parts)
            json.WriteString(name, error ?? "ok");
        json.WriteEndObject();
    }
}
