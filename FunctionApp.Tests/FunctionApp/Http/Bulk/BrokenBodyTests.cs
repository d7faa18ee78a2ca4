using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace FunctionApp.Tests.FunctionApp.Http.Bulk;

/// <summary>Bodies that cannot be read to their end.</summary>
public sealed class BrokenBodyTests(RealServers servers) : IAsyncLifetime
{
    private App app = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => app = await App.StartAsync(servers, new Dictionary<string, string?> { ["Api:MaxDepth"] = "8" });

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("", BulkCaller.Json, "is empty")]
    [InlineData("{}", BulkCaller.Json, "not an array")]
    [InlineData(BulkCaller.Add, BulkCaller.Json, "not an array")]
    [InlineData("nonsense", BulkCaller.Json, "not an array")]
    [InlineData("[", BulkCaller.Json, "ends before its array")]
    [InlineData("[nonsense]", BulkCaller.Json, "not JSON")]
    [InlineData("nonsense", BulkCaller.Ndjson, "not JSON")]
    [InlineData("[\n", BulkCaller.Ndjson, "not JSON")]
    public async Task Post_BrokenBeforeTheFirstJob_Is400(string body, string mediaType, string says)
    {
        foreach (var query in new[] { "", "?atomic=true" })
        {
            var (status, problem) = await app.PostJobsAsync(body, mediaType, query);
            Assert.Equal((HttpStatusCode.BadRequest, "invalid-body"), (status, problem.ProblemType()));
            Assert.Contains(says, problem.Detail(), StringComparison.Ordinal);
        }
        Assert.Equal(0, await app.CountAsync());
    }

    [Theory]
    [InlineData("[{0},{0},{\"job\":]", BulkCaller.Json)]
    [InlineData("[{0},{0}", BulkCaller.Json, 1)]
    [InlineData("[{0},{0},", BulkCaller.Json)]
    [InlineData("[{0},{0},{0}x,{0}]", BulkCaller.Json)]
    [InlineData("[{0},{0},\"]", BulkCaller.Json)]
    [InlineData("[{0},{0}]{0}", BulkCaller.Json)]
    [InlineData("{0}\n{0}\n{\"job\":\n{0}", BulkCaller.Ndjson)]
    [InlineData("{0}\n{0}\n{0},\n{0}", BulkCaller.Ndjson)]
    public async Task Post_BrokenInTheMiddle_WhatWasBeforeStands_AtomicNothing(string form, string mediaType, int jobs = 2)
    {
        var body = form.Replace("{0}", BulkCaller.Later, StringComparison.Ordinal);
        var (status, answer) = await app.PostJobsAsync(body, mediaType);
        Assert.Equal((HttpStatusCode.Accepted, (jobs, 0)), (status, answer.Counts()));
        Assert.All(answer.Jobs(), job => Assert.Equal("scheduled", job.GetProperty("state").GetString()));
        var error = answer.GetProperty("error");
        Assert.Equal(("invalid-body", 400, jobs), (error.ProblemType(), error.GetProperty("status").GetInt32(), error.GetProperty("index").GetInt32()));
        Assert.EndsWith($"Nothing was taken from index {jobs} on.", error.Detail(), StringComparison.Ordinal);
        Assert.Equal(jobs, await app.CountAsync());

        (status, answer) = await app.PostJobsAsync(body, mediaType, "?atomic=true");
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-body"), (status, answer.ProblemType()));
        Assert.Equal(jobs, await app.CountAsync());
    }

    [Fact]
    public async Task Post_OnlyRefusedJobsBeforeItBreaks_IsThatProblemWithTheJobs()
    {
        var (status, problem) = await app.PostJobsAsync("[5,]");
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-body", 1), (status, problem.ProblemType(), problem.GetProperty("index").GetInt32()));
        Assert.Equal("invalid-body", Assert.Single(problem.Jobs()).ErrorType());
    }

    [Theory]
    [InlineData(8, null)]
    [InlineData(9, "invalid-body")]
    [InlineData(100_000, "invalid-body")]
    public async Task Post_DeepArguments_AreRefusedByTheirIndex(int depth, string? type)
    {
        // As deep as a request of one job may be: there the arguments are not known to math.add either.
        var deep = $$"""{"job":"math.add","args":{{new string('[', depth)}}{{new string(']', depth)}}}""";
        var (status, answer) = await app.PostJobsAsync($"[{BulkCaller.Later},{deep},{BulkCaller.Later}]");
        Assert.Equal((HttpStatusCode.Accepted, (2, 1)), (status, answer.Counts()));
        Assert.Equal(type ?? "invalid-arguments", answer.Jobs()[1].ErrorType());
        if (type is not null)
            Assert.Contains("deeper than 8 levels (Api:MaxDepth)", answer.Jobs()[1].GetProperty("error").Detail(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_DeepAndBroken_IsBroken()
    {
        var (status, answer) = await app.PostJobsAsync($"[{BulkCaller.Later},{{\"job\":{new string('[', 50)}x{new string(']', 50)}}},{BulkCaller.Later}]");
        Assert.Equal((HttpStatusCode.Accepted, (1, 0), "invalid-body"), (status, answer.Counts(), answer.ErrorType()));
    }

    [Fact]
    public async Task Post_CutOffByTheCaller_WhatWasRecordedStands_AtomicNothing()
    {
        foreach (var (query, least) in new[] { ("?atomic=true", 0), ("", 500) })
        {
            using var client = new TcpClient();
            await client.ConnectAsync("localhost", app.Http.BaseAddress!.Port, Cancel);
            var stream = client.GetStream();
            await stream.WriteAsync(Head(100_000, query), Cancel);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat($"{BulkCaller.Later}\n", 501))), Cancel);
            using var limit = new CancellationTokenSource(Limits.Signal);
            while (await app.CountAsync() < least)
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, limit.Token);
            client.Client.Shutdown(SocketShutdown.Send);
            await ClosedAsync(stream);
            // The one that was read and not recorded is recorded, if the end of the body is noticed before the end of the connection.
            Assert.InRange(await app.CountAsync(), least, least == 0 ? 0 : 501);
        }
    }

    [Fact]
    public async Task Post_BodyThatStops_IsAnsweredByTheServersOwnPatience()
    {
        using var client = new TcpClient();
        await client.ConnectAsync("localhost", app.Http.BaseAddress!.Port, Cancel);
        var stream = client.GetStream();
        await stream.WriteAsync(Head(1_000), Cancel);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{BulkCaller.Later}\n{{\"job\":"), Cancel);
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(Cancel).WaitAsync(Limits.Signal);
        Assert.StartsWith("HTTP/1.1 202", answer, StringComparison.Ordinal);
        var error = JsonDocument.Parse(answer[answer.IndexOf('{', StringComparison.Ordinal)..(answer.LastIndexOf('}') + 1)]).RootElement.GetProperty("error");
        Assert.Equal(("too-slow", 408, 1), (error.ProblemType(), error.GetProperty("status").GetInt32(), error.GetProperty("index").GetInt32()));
        Assert.Equal(1, await app.CountAsync());
    }

    private static async Task ClosedAsync(Stream stream)
    {
        try
        {
            await stream.CopyToAsync(Stream.Null, Cancel).WaitAsync(Limits.Signal);
        }
        catch (IOException)
        {
            // Who has cut a request off is not owed a polite end.
        }
    }

    private static byte[] Head(int length, string query = "") => Encoding.ASCII.GetBytes(
        $"POST /api/jobs{query} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {BulkCaller.Ndjson}\r\nContent-Length: {length}\r\n\r\n");
}
