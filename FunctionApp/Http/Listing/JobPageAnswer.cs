using System.Text.Json;
using Lovage.Listing;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Http.Listing;

/// <summary>200: some jobs, and where the next page begins.</summary>
internal sealed class JobPageAnswer(JobPage page) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json";
        httpContext.Response.Headers.CacheControl = "no-store";
        await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteStartArray("jobs"u8);
        foreach (var job in page.Jobs)
            JobAnswer.Write(json, job, toOperator: true);
        json.WriteEndArray();
        json.WriteString("cursor"u8, page.Cursor);
        json.WriteEndObject();
    }
}
