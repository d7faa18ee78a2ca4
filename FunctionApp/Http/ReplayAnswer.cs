using System.Text.Json;
using Lovage.DeadLetters;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Http;

/// <summary>202: dead letters that run again; after a dry run 200. Written by hand: there may be thousands.</summary>
internal sealed class ReplayAnswer(DeadLetterReplay replay, bool dryRun) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = dryRun ? StatusCodes.Status200OK : StatusCodes.Status202Accepted;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartObject();
        json.WriteBoolean("dryRun"u8, dryRun);
        json.WriteNumber("matched"u8, replay.Matched.Count);
        json.WriteNumber("replayed"u8, replay.Replayed.Count);
        json.WriteNumber("unreadable"u8, replay.Unreadable);
        json.WriteStartArray("ids"u8);
        foreach (var id in dryRun ? replay.Matched : replay.Replayed)
            json.WriteStringValue(id.Value);
        json.WriteEndArray();
        if (replay.Next is { } next)
            json.WriteString("next"u8, next);
        json.WriteEndObject();
    }
}
