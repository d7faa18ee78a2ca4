using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.FunctionApp.Http.Bulk;

/// <summary>Posts many jobs to an app.</summary>
internal static class BulkCaller
{
    public const string Json = "application/json";
    public const string Ndjson = "application/x-ndjson";

    public const string Add = """{"job":"math.add","args":{"x":2,"y":3}}""";

    // Recorded, and never run here.
    public const string Later = """{"job":"math.add","args":{"x":2,"y":3},"options":{"delay":"1h"}}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Task<(HttpStatusCode Status, JsonElement Answer)> PostJobsAsync(this App app, string body, string mediaType = Json, string query = "") =>
        app.PostJobsAsync(new ByteArrayContent(Encoding.UTF8.GetBytes(body)), mediaType, query);

    public static async Task<(HttpStatusCode Status, JsonElement Answer)> PostJobsAsync(this App app, HttpContent content, string mediaType = Json, string query = "")
    {
        using (content)
        {
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
            using var answer = await app.Http.PostAsync(new Uri($"api/jobs{query}", UriKind.Relative), content, Cancel);
            return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel));
        }
    }

    /// <summary>How many jobs the store has, ended or not.</summary>
    public static async Task<long> CountAsync(this App app)
    {
        var connection = app.Services.GetRequiredService<RedisConnection>();
        var counts = await Task.WhenAll(connection.Keys.Indexes.Select(index => connection.CallAsync(db => db.SortedSetLengthAsync(index), Cancel)));
        return counts.Sum();
    }

    /// <summary>Waits until so many jobs have succeeded.</summary>
    public static async Task SucceededAsync(this App app, int count)
    {
        var connection = app.Services.GetRequiredService<RedisConnection>();
        using var limit = new CancellationTokenSource(Limits.Signal);
        while (await connection.CallAsync(db => db.SortedSetLengthAsync(connection.Keys.Succeeded), limit.Token) < count)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
    }

    public static JsonElement[] Jobs(this JsonElement answer) => [.. answer.GetProperty("jobs").EnumerateArray()];

    public static string? Id(this JsonElement job) => job.TryGetProperty("id", out var id) ? id.GetString() : null;

    /// <summary>The type of a problem, without what all have in common; null if there is none.</summary>
    public static string? ErrorType(this JsonElement job) => job.TryGetProperty("error", out var error) ? error.ProblemType() : null;

    public static string ProblemType(this JsonElement problem) => problem.GetProperty("type").GetString()!.Replace("urn:lovage:problem:", "", StringComparison.Ordinal);

    public static string Detail(this JsonElement problem) => problem.GetProperty("detail").GetString()!;

    public static (int Accepted, int Refused) Counts(this JsonElement answer) => (answer.GetProperty("accepted").GetInt32(), answer.GetProperty("refused").GetInt32());
}
