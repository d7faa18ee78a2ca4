using System.Text.Json;
using Lovage.Jobs;
using Lovage.Stats;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Http.Stats;

/// <summary>200: the counts. Times that something took are in seconds.</summary>
internal sealed class StatsAnswer(StatsReport stats) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json";
        httpContext.Response.Headers.CacheControl = "no-store";
        await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("at"u8, stats.At);
        Write(json, "states", stats.States);
        json.WriteStartArray("jobs"u8);
        foreach (var name in stats.Names)
            Write(json, name);
        json.WriteEndArray();
        if (stats.Queue is { } queue)
        {
            json.WriteStartObject("queue"u8);
            json.WriteNumber("messages"u8, queue.Messages);
            json.WriteNumber("poison"u8, queue.Poison);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("queue"u8);
        }
        json.WriteStartArray("workers"u8);
        foreach (var worker in stats.Workers)
            Write(json, worker);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, NameStats name)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, name.Name);
        Write(json, "states", name.States);
        json.WriteBoolean("estimated"u8, name.IsEstimated);
        json.WriteNumber("endedPerMinute"u8, name.EndedPerMinute);
        json.WriteNumber("failedPerMinute"u8, name.FailedPerMinute);
        Write(json, "waitSeconds", name.Wait);
        Write(json, "runSeconds", name.Run);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, WorkerStats worker)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, worker.Id);
        json.WriteNumber("runningCount"u8, worker.RunningCount);
        json.WriteStartArray("running"u8);
        foreach (var job in worker.Running)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, job.Id.Value);
            json.WriteString("name"u8, job.Name);
            json.WriteNumber("attempt"u8, job.Attempt);
            json.WriteString("startedAt"u8, job.StartedAt);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string property, IReadOnlyDictionary<JobState, long> states)
    {
        json.WriteStartObject(property);
        foreach (var (state, count) in states)
            json.WriteNumber(StateText.Of(state), count);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string property, Durations? durations)
    {
        if (durations is null)
        {
            json.WriteNull(property);
            return;
        }
        json.WriteStartObject(property);
        json.WriteNumber("p50"u8, durations.P50.TotalSeconds);
        json.WriteNumber("p95"u8, durations.P95.TotalSeconds);
        json.WriteNumber("count"u8, durations.Count);
        json.WriteEndObject();
    }
}
