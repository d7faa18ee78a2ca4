using System.Net;
using System.Text;

namespace FunctionApp.Tests.FunctionApp.Http.Bulk;

/// <summary>How much one request may hold.</summary>
public sealed class BulkLimitTests(RealServers servers)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_TenThousandInPieces_AreRecordedInOrder_OneMoreIsNot()
    {
        await using var app = await App.StartAsync(servers);
        var (status, answer) = await app.PostJobsAsync(new SentContent(SendAsync), BulkCaller.Ndjson);
        Assert.Equal((HttpStatusCode.Accepted, (10_000, 0)), (status, answer.Counts()));
        Assert.Equal(Enumerable.Range(0, 10_000), answer.Jobs().Select(job => job.GetProperty("index").GetInt32()));
        Assert.Equal(10_000, answer.Jobs().Select(job => job.Id()).Distinct().Count());
        Assert.Equal(("too-large", 10_000), (answer.ErrorType(), answer.GetProperty("error").GetProperty("index").GetInt32()));
        Assert.Contains("more than 10,000 jobs (Api:MaxJobsPerRequest). Send the others in another request.", answer.GetProperty("error").Detail(), StringComparison.Ordinal);
        Assert.Equal(10_000, await app.CountAsync());

        (status, answer) = await app.PostJobsAsync(new SentContent(SendAsync), BulkCaller.Ndjson, "?atomic=true");
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "too-large"), (status, answer.ProblemType()));
        Assert.Equal(10_000, await app.CountAsync());

        // In pieces that begin and end anywhere.
        static async Task SendAsync(Stream stream)
        {
            var body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 10_001).Select(i => $$$"""{"job":"math.add","args":[{{{i}}},1],"options":{"delay":"1h"}}""" + "\n")));
            foreach (var piece in body.Chunk(9_973))
            {
                await stream.WriteAsync(piece, Cancel);
                await stream.FlushAsync(Cancel);
            }
        }
    }

    [Fact]
    public async Task Post_AThousand_AllRun_InOrderOfTheirArguments()
    {
        await using var app = await App.StartAsync(servers);
        var (_, answer) = await app.PostJobsAsync($"[{string.Join(',', Enumerable.Range(0, 1_000).Select(i => $$"""{"job":"math.add","args":[{{i}},0]}"""))}]");
        Assert.Equal((1_000, 0), answer.Counts());
        await app.SucceededAsync(1_000);
        foreach (var i in new[] { 0, 499, 500, 999 })
            Assert.Equal(i, (await app.EndOfAsync(new Uri(answer.Jobs()[i].GetProperty("statusUrl").GetString()!))).GetProperty("result").GetInt32());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_OverTheRequestLimit_Is413_InChunksWhatWasBeforeStands(bool chunked)
    {
        await using var app = await App.StartAsync(servers, new Dictionary<string, string?> { ["Api:MaxRequestBytes"] = "10000" });
        var body = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat(BulkCaller.Later, 1_000))}]");
        foreach (var query in new[] { "?atomic=true", "" })
        {
            HttpContent content = chunked ? new SentContent(stream => stream.WriteAsync(body, Cancel).AsTask()) : new ByteArrayContent(body);
            var (status, answer) = await app.PostJobsAsync(content, query: query);
            var taken = chunked && query.Length == 0 ? 9_999 / (BulkCaller.Later.Length + 1) : 0;
            Assert.Equal(taken == 0 ? HttpStatusCode.RequestEntityTooLarge : HttpStatusCode.Accepted, status);
            var problem = taken == 0 ? answer : answer.GetProperty("error");
            Assert.Equal("too-large", problem.ProblemType());
            Assert.Contains("larger than 10,000 bytes (Api:MaxRequestBytes)", problem.Detail(), StringComparison.Ordinal);
            Assert.Equal(taken, await app.CountAsync());
        }
    }

    [Theory]
    [InlineData(BulkCaller.Json)]
    [InlineData(BulkCaller.Ndjson)]
    public async Task Post_OneJobTooLarge_IsRefusedByItsIndex(string mediaType)
    {
        await using var app = await App.StartAsync(servers, new Dictionary<string, string?> { ["Lovage:MaxArgumentBytes"] = "1024" });
        string[] jobs =
        [
            BulkCaller.Later, $$"""{"job":"demo.fail","args":["{{new string('a', 2_000)}}"]}""", BulkCaller.Later,
            $$"""{"job":"demo.fail","args":["{{new string('a', 2_000_000)}}"]}""", BulkCaller.Later,
        ];
        var (status, answer) = await app.PostJobsAsync(mediaType == BulkCaller.Json ? $"[{string.Join(',', jobs)}]" : string.Join('\n', jobs), mediaType);
        Assert.Equal((HttpStatusCode.Accepted, (3, 2)), (status, answer.Counts()));
        Assert.Equal([null, "too-large", null, "too-large", null], answer.Jobs().Select(job => job.ErrorType()));
        Assert.All([1, 3], i => Assert.Contains("Lovage:MaxArgumentBytes", answer.Jobs()[i].GetProperty("error").Detail(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_NothingButMistakes_AnswersBriefly()
    {
        await using var app = await App.StartAsync(servers);
        var longest = new string('x', 2_000);
        var mistake = $"{{\"job\":\"math.add\",\"args\":{{{string.Join(',', Enumerable.Range(0, 20).Select(i => $"\"{longest}{i}\":1"))}}}}}";
        using var content = new StringContent(string.Join('\n', [.. Enumerable.Repeat(mistake, 600), .. Enumerable.Repeat("5", 9_400)]), new System.Net.Http.Headers.MediaTypeHeaderValue(BulkCaller.Ndjson));
        using var response = await app.Http.PostAsync(new Uri("api/jobs", UriKind.Relative), content, Cancel);
        var answer = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement;
        Assert.Equal((0, 10_000), answer.Counts());
        Assert.True(answer.Jobs()[999].GetProperty("error").TryGetProperty("detail", out _));
        Assert.False(answer.Jobs()[1_000].GetProperty("error").TryGetProperty("detail", out _));
        Assert.Equal(["invalid-arguments", "invalid-body"], new[] { 0, 9_999 }.Select(i => answer.Jobs()[i].ErrorType()));
        Assert.InRange(answer.GetRawText().Length, 1, 4_000_000);
    }
}
