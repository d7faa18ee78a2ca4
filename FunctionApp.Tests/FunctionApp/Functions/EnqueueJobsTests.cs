using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FunctionApp.Tests.FunctionApp.Http.Bulk;

namespace FunctionApp.Tests.FunctionApp.Functions;

public sealed class EnqueueJobsTests(RealServers servers) : IAsyncLifetime
{
    private App app = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => app = await App.StartAsync(servers);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData(BulkCaller.Json, "")]
    [InlineData(BulkCaller.Json, "?atomic=true")]
    [InlineData(BulkCaller.Ndjson, "")]
    [InlineData(BulkCaller.Ndjson, "?atomic=true")]
    [InlineData("application/json; charset=utf-8", "?atomic=false")]
    [InlineData("Application/X-NDJSON; charset=utf-8", "")]
    public async Task Post_Many_AreAcceptedInOrderAndRun(string mediaType, string query)
    {
        var jobs = Enumerable.Range(0, 30).Select(i => $$"""{"job":"math.add","args":[{{i}},1]}""").ToArray();
        var body = mediaType.Contains("ndjson", StringComparison.OrdinalIgnoreCase) ? string.Join('\n', jobs) : $"[{string.Join(',', jobs)}]";
        var (status, answer) = await app.PostJobsAsync(body, mediaType, query);
        Assert.Equal((HttpStatusCode.Accepted, (30, 0)), (status, answer.Counts()));
        Assert.Equal(["jobs", "accepted", "refused"], answer.EnumerateObject().Select(p => p.Name));
        foreach (var (index, job) in answer.Jobs().Index())
        {
            Assert.Equal(["index", "id", "name", "state", "statusUrl"], job.EnumerateObject().Select(p => p.Name));
            Assert.Equal((index, "math.add", "queued"), (job.GetProperty("index").GetInt32(), job.GetProperty("name").GetString(), job.GetProperty("state").GetString()));
            Assert.Equal($"{app.Http.BaseAddress}api/jobs/{job.Id()}", job.GetProperty("statusUrl").GetString());
            Assert.Equal(index + 1, (await app.EndOfAsync(new Uri(job.GetProperty("statusUrl").GetString()!))).GetProperty("result").GetInt32());
        }
    }

    [Theory]
    [InlineData("[]", BulkCaller.Json)]
    [InlineData("", BulkCaller.Ndjson)]
    [InlineData("\r\n\n", BulkCaller.Ndjson)]
    public async Task Post_None_IsAcceptedToo(string body, string mediaType)
    {
        foreach (var query in new[] { "", "?atomic=true" })
        {
            var (status, answer) = await app.PostJobsAsync(body, mediaType, query);
            Assert.Equal((HttpStatusCode.Accepted, (0, 0), 0), (status, answer.Counts(), answer.Jobs().Length));
        }
    }

    [Fact]
    public async Task Post_Options_AreThoseOfOneJob()
    {
        var (status, answer) = await app.PostJobsAsync("""
            [{"job":"math.add","args":[1,2],"options":{"delay":"1h","maxAttempts":7,"timeLimit":90}},
             {"job":"math.add","args":[1,2],"options":{"delay":3600}},
             {"job":"math.add","args":[1,2],"options":{"notBefore":"2100-01-31T08:00:00Z","expires":"2100-02-01T00:00:00Z"}},
             {"job":"math.add","args":[1,2],"options":{"expires":"2001-01-01T00:00:00Z"}},
             {"job":"demo.progress"}]
            """);
        Assert.Equal((HttpStatusCode.Accepted, (5, 0)), (status, answer.Counts()));
        Assert.Equal(["scheduled", "scheduled", "scheduled", "queued", "queued"], answer.Jobs().Select(job => job.GetProperty("state").GetString()));
        foreach (var job in answer.Jobs().Take(3))
        {
            var record = await app.Http.GetFromJsonAsync<JsonElement>(job.GetProperty("statusUrl").GetString(), Cancel);
            Assert.Equal("scheduled", record.GetProperty("state").GetString());
        }
        Assert.Equal("expired", (await app.EndOfAsync(new Uri(answer.Jobs()[3].GetProperty("statusUrl").GetString()!))).GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("""{"args":{}}""", "invalid-parameter", "'job' is missing")]
    [InlineData("""{"job":5}""", "invalid-parameter", "'job' takes the name of a job, not a number")]
    [InlineData("""{"job":"math.add","args":[1,2],"priority":1}""", "invalid-parameter", "'priority' is no field of a job: there are job, args and options")]
    [InlineData("""{"job":"math.add","job":"math.add"}""", "invalid-parameter", "'job' is given twice")]
    [InlineData("""{"job":"math.add","args":[1,2],"options":{"dealy":"1s"}}""", "invalid-parameter", "'dealy' is no field of options")]
    [InlineData("""{"job":"math.add","args":[1,2],"options":[]}""", "invalid-parameter", "'options' takes an object")]
    [InlineData("""{"job":"math.add","args":[1,2],"options":{"delay":"soon"}}""", "invalid-parameter", "'delay' cannot be read")]
    [InlineData("""{"job":"math.add","args":[1,2],"options":{"delay":null}}""", "invalid-parameter", "'delay' takes a text or a number, not null")]
    [InlineData("""{"job":"math.add","args":[1,2],"options":{"delay":"1s","notBefore":"2100-01-01"}}""", "invalid-parameter", "exclude each other")]
    [InlineData("""{"job":"math.add","args":[1,2],"options":{"maxAttempts":0}}""", "invalid-parameter", "1 to 100")]
    [InlineData("""{"job":"math.add","args":[1,2],"options":{"idempotencyKey":17}}""", "invalid-parameter", "'idempotencyKey' takes a text")]
    [InlineData("""{"job":"math.add","args":[1,2],"options":{"idempotencyKey":""}}""", "invalid-parameter", "1 to 200 characters")]
    [InlineData("""{"job":"math.ad","args":[1,2]}""", "unknown-job", "There is no job 'math.ad'")]
    [InlineData("""{"job":"math.add","args":[1]}""", "invalid-arguments", "does not take these arguments")]
    [InlineData("""{"job":"math.add","args":null}""", "invalid-arguments", "does not take these arguments")]
    [InlineData("""{"job":"\ud800","args":[1,2]}""", "invalid-body", "not Unicode")]
    [InlineData("""{"job":"math.add","args":{"x":"\ud800","y":1}}""", "invalid-arguments", "does not take these arguments")]
    [InlineData("5", "invalid-body", "A job is an object with job, args and options, not a number")]
    [InlineData("[]", "invalid-body", "not an array")]
    public async Task Post_OneOfManyIsWrong_IsRefusedByItsIndex_TheOthersAreAccepted(string wrong, string type, string says)
    {
        foreach (var (body, mediaType) in new[] { ($"[{BulkCaller.Later},{wrong},{BulkCaller.Later}]", BulkCaller.Json), ($"{BulkCaller.Later}\n{wrong}\n{BulkCaller.Later}", BulkCaller.Ndjson) })
        {
            var (status, answer) = await app.PostJobsAsync(body, mediaType);
            Assert.Equal((HttpStatusCode.Accepted, (2, 1)), (status, answer.Counts()));
            Assert.Equal([null, type, null], answer.Jobs().Select(job => job.ErrorType()));
            Assert.Contains(says, answer.Jobs()[1].GetProperty("error").Detail(), StringComparison.Ordinal);
            Assert.Null(answer.Jobs()[1].Id());

            (status, answer) = await app.PostJobsAsync(body, mediaType, "?atomic=true");
            Assert.Equal((HttpStatusCode.BadRequest, "jobs-refused", 1), (status, answer.ProblemType(), answer.GetProperty("refused").GetInt32()));
            var error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
            Assert.Equal((1, type), (error.GetProperty("index").GetInt32(), error.ErrorType()));
        }
        Assert.Equal(4, await app.CountAsync());
    }

    [Theory]
    [InlineData("text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/vnd.x+json", HttpStatusCode.Accepted)]
    [InlineData("application/ndjson", HttpStatusCode.UnsupportedMediaType)]
    public async Task Post_MediaType_IsOneOfTwo(string mediaType, HttpStatusCode expected)
    {
        var (status, _) = await app.PostJobsAsync("[]", mediaType);
        Assert.Equal(expected, status);
    }

    [Fact]
    public async Task Post_NoBody_Is415WithTheWayOut()
    {
        using var response = await app.Http.PostAsync(new Uri("api/jobs", UriKind.Relative), null, Cancel);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported-media-type"), (response.StatusCode, problem.ProblemType()));
        Assert.Contains("application/x-ndjson", problem.Detail(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?atomic=maybe", null, "atomic")]
    [InlineData("?delay=1h", null, "delay")]
    [InlineData("", "Lovage-Max-Attempts", "Lovage-Max-Attempts")]
    [InlineData("", "Idempotency-Key", "Idempotency-Key")]
    public async Task Post_ParameterThatWouldBeIgnored_Is400(string query, string? header, string parameter)
    {
        using var content = new StringContent($"[{BulkCaller.Later}]", new System.Net.Http.Headers.MediaTypeHeaderValue(BulkCaller.Json));
        if (header is not null)
            content.Headers.TryAddWithoutValidation(header, "1");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/jobs{query}") { Content = content };
        using var response = await app.Http.SendAsync(request, Cancel);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-parameter", parameter), (response.StatusCode, problem.ProblemType(), problem.GetProperty("parameter").GetString()));
        Assert.Equal(0, await app.CountAsync());
    }
}
