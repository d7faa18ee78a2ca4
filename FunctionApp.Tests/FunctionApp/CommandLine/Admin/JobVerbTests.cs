using Lovage.Stats;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.FunctionApp.CommandLine.Admin;

/// <summary>Showing, listing, cancelling and replaying jobs, as the HTTP API does.</summary>
public sealed class JobVerbTests(RealServers servers)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Show_FailedJob_HasAllThatAnOperatorSees()
    {
        await using var app = await App.StartAsync(servers, new Dictionary<string, string?> { ["Lovage:MaxAttempts"] = "2", ["Lovage:RetryBase"] = "00:00:00" });
        var id = (await app.RunAsync("demo.fail", """{"message":"on purpose"}""")).GetProperty("id").GetString()!;
        var cli = Cli.Beside(app);

        var lines = (await cli.RunAsync("job", "show", id)).Expect(0).Out.Split('\n');
        Assert.Contains($"id          {id}", lines);
        Assert.Contains("state       failed", lines);
        Assert.Contains("reason      attemptsUsed", lines);
        Assert.Contains("error       System.InvalidOperationException: on purpose", lines);
        Assert.Contains(lines, line => line.StartsWith("attempt 1   failed ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("at FunctionApp.Jobs.DemoJobs.Fail", StringComparison.Ordinal));
        Assert.Matches(@"enqueued    \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ  (now|\d+ (s|min) ago)", string.Join('\n', lines));

        Assert.Equal(await app.Http.GetStringAsync(new Uri($"api/jobs/{id}", UriKind.Relative), Cancel), (await cli.RunAsync("job", "show", id, "--json")).Out.Trim());
    }

    [Theory]
    [InlineData("show")]
    [InlineData("cancel")]
    [InlineData("replay")]
    public async Task Job_NotThere_IsRefused(string verb)
    {
        var cli = Cli.Alone(servers);
        foreach (var id in (string[])["0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a11", "17"])
        {
            Assert.StartsWith($"There is no job with id '{id}'.", (await cli.RunAsync("job", verb, id)).Expect(1).Error, StringComparison.Ordinal);
            Assert.Equal("urn:lovage:problem:job-not-found", (await cli.RunAsync("job", verb, id, "--json")).Expect(1).Problem.GetProperty("type").GetString());
        }
    }

    [Fact]
    public async Task List_Pages_GoOnAtTheCursor()
    {
        var cli = Cli.Alone(servers);
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
            ids.Insert(0, (await cli.RunAsync("job", "call", "math.add", "--x", "1", "--y", $"{i}")).Expect(0).Id);

        var first = (await cli.RunAsync("job", "list", "--limit", "2")).Expect(0);
        Assert.Equal(["ID", .. ids[..2]], Words(first));
        var cursor = first.Error.Trim().Split(' ')[^1];
        var second = (await cli.RunAsync("job", "list", "--limit", "2", "--after", cursor)).Expect(0);
        Assert.Equal(["ID", ids[2]], Words(second));
        Assert.Empty(second.Error);
        Assert.Equal(["ID"], Words(await cli.RunAsync("job", "list", "--state", "failed")));
        Assert.Equal(["ID"], Words(await cli.RunAsync("job", "list", "--name", "demo.fail")));
    }

    [Fact]
    public async Task List_Json_IsThePageOfTheApi()
    {
        await using var app = await App.StartAsync(servers);
        await app.RunAsync("math.add", """{"x":2,"y":3}""");
        await app.RunAsync("demo.fail", "{}");
        Assert.Equal(
            await app.Http.GetStringAsync(new Uri("api/jobs?limit=1&state=failed", UriKind.Relative), Cancel),
            (await Cli.Beside(app).RunAsync("job", "list", "--limit", "1", "--state", "failed", "--json")).Expect(0).Out.Trim());
    }

    [Theory]
    [InlineData("'state' cannot be read: it takes one of scheduled, ", "--state", "faild")]
    [InlineData("'limit' cannot be used: It takes 1 to 1,000.", "--limit", "0")]
    [InlineData("'cursor' cannot be used: It is no cursor", "--after", "yesterday")]
    [InlineData("Unrecognized command or argument '--sate'.", "--sate", "failed")]
    [InlineData("Required argument missing for option: '--limit'.", "--limit")]
    public async Task List_BadOption_IsRefused(string expected, params string[] options)
    {
        var answer = (await Cli.Alone(servers).RunAsync(["job", "list", .. options])).Expect(1);
        Assert.StartsWith(expected, answer.Error, StringComparison.Ordinal);
        Assert.Empty(answer.Out);
        Assert.Equal(400, (await Cli.Alone(servers).RunAsync(["job", "list", "--json", .. options])).Expect(1).Problem.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task List_OnATerminal_HasColoursWithoutMovingColumns()
    {
        var cli = Cli.Alone(servers);
        var id = (await cli.RunAsync("job", "call", "math.add", "--x", "1", "--y", "2")).Expect(0).Id;
        (await cli.RunAsync("job", "cancel", id)).Expect(0);
        var plain = (await cli.RunAsync("job", "list")).Expect(0).Out;
        var coloured = (await cli.With(isTerminal: true).RunAsync("job", "list")).Expect(0).Out;
        Assert.Contains("\e[33mcancelled\e[0m", coloured, StringComparison.Ordinal);
        Assert.Equal(Titles(plain), Titles(coloured.Replace("\e[33m", "", StringComparison.Ordinal).Replace("\e[0m", "", StringComparison.Ordinal)));
        Assert.DoesNotContain('\e', plain);
        Assert.DoesNotContain('\e', (await cli.With("NO_COLOR", "1", isTerminal: true).RunAsync("job", "list")).Expect(0).Out);
    }

    [Fact]
    public async Task Cancel_TwiceAndAfterTheEnd_SaysWhatIs()
    {
        await using var app = await App.StartAsync(servers);
        var ended = (await app.RunAsync("math.add", """{"x":2,"y":3}""")).GetProperty("id").GetString()!;
        var cli = Cli.Beside(app);
        Assert.Equal("urn:lovage:problem:not-cancellable", (await cli.RunAsync("job", "cancel", ended, "--json")).Expect(1).Problem.GetProperty("type").GetString());

        var waiting = (await cli.RunAsync("job", "call", "math.add", "--x", "1", "--y", "2", "--delay", "1h")).Expect(0).Id;
        Assert.Equal($"{waiting} is cancelled.", (await cli.RunAsync("job", "cancel", waiting)).Expect(0).Out.Trim());
        Assert.Equal($$"""{"id":"{{waiting}}","state":"cancelled"}""", (await cli.RunAsync("job", "cancel", waiting, "--json")).Expect(0).Out.Trim());
    }

    [Fact]
    public async Task Replay_FailedJob_IsQueuedAgain()
    {
        await using var app = await App.StartAsync(servers);
        var failed = (await app.RunAsync("demo.fail", "{}")).GetProperty("id").GetString()!;
        var done = (await app.RunAsync("math.add", """{"x":2,"y":3}""")).GetProperty("id").GetString()!;
        var cli = Cli.Beside(app);
        Assert.Equal($"{failed}  demo.fail  queued", (await cli.RunAsync("job", "replay", failed)).Expect(0).Out.Trim());
        Assert.Equal("failed", (await app.EndOfAsync(new Uri(app.Http.BaseAddress!, $"api/jobs/{failed}"))).GetProperty("state").GetString());
        Assert.Contains("has not failed", (await cli.RunAsync("job", "replay", done)).Expect(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verbs_NobodyElseRunsJobs_BeginNone()
    {
        var cli = Cli.Alone(servers);
        using var container = cli.Container();
        using var output = new StringWriter();
        using var error = new StringWriter();
        var called = (await cli.RunAsync(container, output, error, ["job", "call", "math.add", "--x", "1", "--y", "2", "--wait=500ms"], Cancel)).Expect(4);
        var stats = await container.Services.GetRequiredService<JobStats>().ReadAsync(Cancel);
        Assert.Empty(stats.Workers);
        Assert.Equal(1, stats.Queue!.Value.Messages);
        Assert.DoesNotContain("running", called.Error, StringComparison.Ordinal);
    }

    private static string[] Words(CliAnswer answer) => [.. answer.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0])];

    private static string Titles(string table) => table.Split('\n')[0] + table.Split('\n')[1].IndexOf("cancelled", StringComparison.Ordinal);
}
