using System.Net;
using FunctionApp.Tests.Lovage;
using Lovage.Jobs;

namespace FunctionApp.Tests.FunctionApp.Http.Bulk;

/// <summary>A store that fails while a request is taken.</summary>
public sealed class BulkStoreTests(RealServers servers)
{
    private const int Many = 1_200;

    private static readonly string Body = string.Join('\n', Enumerable.Repeat(BulkCaller.Later, Many));

    [Fact]
    public async Task Post_StoreFailsInTheMiddle_TellsWhichMayBeRecorded_AndTriesNoOthers()
    {
        await using var app = await App.StartAsync(servers, configure: builder => LosingConnection.Add(builder.Services, from: 2));
        var (status, answer) = await app.PostJobsAsync(Body, BulkCaller.Ndjson);
        Assert.Equal((HttpStatusCode.Accepted, (500, 500)), (status, answer.Counts()));
        Assert.Equal(("store-unavailable", 1_000), (answer.ErrorType(), answer.GetProperty("error").GetProperty("index").GetInt32()));
        Assert.All(answer.Jobs()[..500], job => Assert.Null(job.ErrorType()));
        foreach (var job in answer.Jobs()[500..])
        {
            Assert.Equal(("store-unavailable", job.Id()), (job.ErrorType(), job.GetProperty("error").GetProperty("id").GetString()));
            Assert.Contains(job.Id()!, job.GetProperty("statusUrl").GetString(), StringComparison.Ordinal);
        }
        // As it happens they were.
        Assert.True(JobId.TryParse(answer.Jobs()[999].Id(), out var id));
        Assert.Equal(JobState.Scheduled, (await app.GetAsync(id))!.State);
        Assert.Equal(1_000, await app.CountAsync());
    }

    [Theory]
    [InlineData("", 500)]
    [InlineData("?atomic=true", Many)]
    public async Task Post_StoreFailsAtOnce_Is503WithTheIds(string query, int listed)
    {
        await using var app = await App.StartAsync(servers, new Dictionary<string, string?> { ["Redis"] = "127.0.0.1:1,connectTimeout=200,connectRetry=0" });
        var (status, problem) = await app.PostJobsAsync(Body, BulkCaller.Ndjson, query);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "store-unavailable", (0, listed)), (status, problem.ProblemType(), problem.Counts()));
        Assert.Equal(listed, problem.Jobs().Select(job => job.Id()).OfType<string>().Distinct().Count());
        Assert.All(problem.Jobs(), job => Assert.Equal("store-unavailable", job.ErrorType()));
    }
}
