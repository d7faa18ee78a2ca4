using System.Net;

namespace FunctionApp.Tests.FunctionApp.Http.Bulk;

/// <summary>Idempotency keys of one request, and of two.</summary>
public sealed class BulkKeyTests(RealServers servers) : IAsyncLifetime
{
    private App app = null!;

    public async ValueTask InitializeAsync() => app = await App.StartAsync(servers);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Post_TheSameRequestTwice_IsEachJobOnce_WithItsStateNow()
    {
        var body = string.Join('\n', Enumerable.Range(0, 20).Select(i => Job(i, $"key {i}")));
        var (_, first) = await app.PostJobsAsync(body, BulkCaller.Ndjson);
        await app.SucceededAsync(20);
        foreach (var query in new[] { "", "?atomic=true" })
        {
            var (status, again) = await app.PostJobsAsync(body, BulkCaller.Ndjson, query);
            Assert.Equal((HttpStatusCode.Accepted, (20, 0)), (status, again.Counts()));
            Assert.Equal(first.Jobs().Select(job => job.Id()), again.Jobs().Select(job => job.Id()));
            Assert.All(again.Jobs(), job => Assert.Equal("succeeded", job.GetProperty("state").GetString()));
        }
        Assert.Equal(20, await app.CountAsync());
    }

    [Fact]
    public async Task Post_OneKeyForSeveralJobs_BelongsToTheFirst()
    {
        var body = $"[{Job(1, "a")},{Job(2, "a")},{Job(3, "b")},{Job(1, "a")},{Job(4, "b")}]";
        var (status, answer) = await app.PostJobsAsync(body, query: "?atomic=true");
        Assert.Equal((HttpStatusCode.BadRequest, "jobs-refused"), (status, answer.ProblemType()));
        var error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        Assert.Equal((1, "idempotency-conflict"), (error.GetProperty("index").GetInt32(), error.ErrorType()));
        Assert.Equal(0, await app.CountAsync());

        (status, answer) = await app.PostJobsAsync(body);
        Assert.Equal((HttpStatusCode.Accepted, (3, 2)), (status, answer.Counts()));
        Assert.Equal([null, "idempotency-conflict", null, null, "idempotency-conflict"], answer.Jobs().Select(job => job.ErrorType()));
        Assert.Equal((answer.Jobs()[0].Id(), answer.Jobs()[0].Id()), (answer.Jobs()[3].Id(), answer.Jobs()[1].GetProperty("error").GetProperty("id").GetString()));
        Assert.Equal(2, await app.CountAsync());
    }

    [Fact]
    public async Task Post_KeysOfOtherJobs_RefuseOnlyTheirOwn()
    {
        var (_, first) = await app.PostJobsAsync($"[{Job(1, "a")},{Job(2, "b")}]");
        var body = $"[{Job(9, "a")},{Job(5, "c")},{Job(2, "b")},{Job(8, "b")},{Job(1, "a")}]";
        var (status, answer) = await app.PostJobsAsync(body, query: "?atomic=true");
        Assert.Equal((HttpStatusCode.BadRequest, "jobs-refused"), (status, answer.ProblemType()));
        Assert.Equal(2, await app.CountAsync());

        (status, answer) = await app.PostJobsAsync(body);
        Assert.Equal((HttpStatusCode.Accepted, (3, 2)), (status, answer.Counts()));
        Assert.Equal(["idempotency-conflict", null, null, "idempotency-conflict", null], answer.Jobs().Select(job => job.ErrorType()));
        Assert.Equal((first.Jobs()[1].Id(), first.Jobs()[0].Id()), (answer.Jobs()[2].Id(), answer.Jobs()[4].Id()));
        Assert.Equal(3, await app.CountAsync());
    }

    private static string Job(int x, string key) => $$$"""{"job":"math.add","args":[{{{x}}},0],"options":{"idempotencyKey":"{{{key}}}"}}""";
}
