using System.Text.Json;
using Lovage.Jobs;
using Lovage.Store;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Http;

/// <summary>200: a job as its record is now. Written by hand: a result may be large, and is JSON already.</summary>
/// <param name="job">The job.</param>
/// <param name="toOperator">True adds stack traces and the failed attempts.</param>
internal sealed class JobAnswer(JobRecord job, bool toOperator = false) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json";
        httpContext.Response.Headers.CacheControl = "no-store";
        await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter);
        Write(json, job, toOperator);
    }

    /// <summary>A job wherever the API shows one: alone, in a list, at the end of a stream.</summary>
    public static void Write(Utf8JsonWriter json, JobRecord job, bool toOperator)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, job.Id.Value);
        json.WriteString("name"u8, job.Name);
        json.WriteString("state"u8, StateText.Of(job.State));
        json.WriteNumber("attempt"u8, job.Attempt);
        if (job.Progress is { } progress)
        {
            json.WriteStartObject("progress"u8);
            WriteFields(json, progress);
            json.WriteEndObject();
        }
        WriteOutcome(json, job, toOperator);
        if (job.State is JobState.Scheduled && job.DueAt is { } due)
            json.WriteString("dueAt"u8, due);
        json.WriteString("enqueuedAt"u8, job.EnqueuedAt);
        if (job.StartedAt is { } started)
            json.WriteString("startedAt"u8, started);
        if (job.FinishedAt is { } finished)
            json.WriteString("finishedAt"u8, finished);
        json.WriteEndObject();
    }

    public static void WriteFields(Utf8JsonWriter json, JobProgress progress)
    {
        json.WriteNumber("percent"u8, progress.Percent);
        json.WriteString("message"u8, progress.Message);
    }

    private static void WriteOutcome(Utf8JsonWriter json, JobRecord job, bool toOperator)
    {
        if (job.Result is { } result)
        {
            json.WritePropertyName("result"u8);
            json.WriteRawValue(result.Span, skipInputValidation: true);
        }
        if (job.Reason is { } reason)
            json.WriteString("reason"u8, JsonNamingPolicy.CamelCase.ConvertName(reason.ToString()));
        if (job.Error is { } error)
        {
            json.WriteStartObject("error"u8);
            json.WriteString("type"u8, error.Type);
            json.WriteString("message"u8, error.Message);
            if (toOperator && error.StackTrace is { } stackTrace)
                json.WriteString("stackTrace"u8, stackTrace);
            json.WriteEndObject();
        }
        if (toOperator && job.History.Count > 0)
        {
            json.WritePropertyName("history"u8);
            JsonSerializer.Serialize(json, job.History, JsonSerializerOptions.Web);
        }
    }
}
