namespace FunctionApp.Tests.FunctionApp.CommandLine.Admin;

public sealed class DeadLetterVerbTests(RealServers servers)
{
    private static readonly string[] Replay = ["dead-letters", "replay", "--name", "demo.fail"];

    [Fact]
    public async Task List_Pages_GoOnWhereTheyEnded()
    {
        await using var app = await App.StartAsync(servers);
        var ids = await FailAsync(app, 3);
        var cli = Cli.Beside(app);

        var first = (await cli.RunAsync("dead-letters", "list", "--limit", "2", "--json")).Expect(0);
        Assert.Equal([ids[2], ids[1]], Ids(first));
        var next = (await cli.RunAsync("dead-letters", "list", "--after", first.Json.GetProperty("cursor").GetString()!, "--json")).Expect(0);
        Assert.Equal(ids[0], Ids(next)[^1]);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, next.Json.GetProperty("cursor").ValueKind);

        var table = (await cli.RunAsync("dead-letters", "list", "--limit", "2")).Expect(0);
        Assert.Equal(3, table.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith("There are more: --after ", table.Error, StringComparison.Ordinal);
        Assert.Empty(Ids(await cli.RunAsync("dead-letters", "list", "--reason", "rejected", "--json")));
    }

    [Fact]
    public async Task Replay_DryRun_TellsWhichAndChangesNothing()
    {
        await using var app = await App.StartAsync(servers);
        var id = (await FailAsync(app, 1))[0];
        var cli = Cli.Beside(app);
        Assert.Equal($$"""{"dryRun":true,"matched":1,"replayed":0,"unreadable":0,"ids":["{{id}}"]}""", (await cli.RunAsync([.. Replay, "--dry-run", "--json"])).Expect(0).Out.Trim());
        Assert.Equal(id, (await cli.RunAsync([.. Replay, "--dry-run"])).Expect(0).Out.Trim());
        Assert.Equal("failed", (await cli.RunAsync("job", "show", id, "--json")).Json.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Replay_NobodyToAsk_NeedsYes()
    {
        await using var app = await App.StartAsync(servers);
        var id = (await FailAsync(app, 1))[0];
        var cli = Cli.Beside(app);
        Assert.Contains("give --yes", (await cli.RunAsync(Replay)).Expect(1).Error, StringComparison.Ordinal);
        var answer = (await cli.RunAsync([.. Replay, "--yes"])).Expect(0);
        Assert.Equal(id, answer.Out.Trim());
        Assert.Equal("1 matched, 1 replayed.", answer.Error.Trim());
    }

    [Fact]
    public async Task Replay_OnATerminal_AsksFirst()
    {
        await using var app = await App.StartAsync(servers);
        var ids = await FailAsync(app, 2);
        var cli = Cli.Beside(app);
        foreach (var no in (string[])["n\n", "\n", ""])
        {
            var refused = (await cli.With(isTerminal: true, input: no).RunAsync(Replay)).Expect(1);
            Assert.Equal("2 failed jobs match. Run them again? [y/N] Nothing was replayed.", refused.Error.Trim());
            Assert.Empty(refused.Out);
        }
        var yes = (await cli.With(isTerminal: true, input: "y\n").RunAsync([.. Replay, "--limit", "1"])).Expect(0);
        Assert.StartsWith("1 or more failed jobs match.", yes.Error, StringComparison.Ordinal);
        Assert.Equal(ids[1], yes.Out.Trim());
    }

    [Theory]
    [InlineData("'reason' cannot be used: it takes one of attemptsUsed, ", "--reason", "faild")]
    [InlineData("'limit' cannot be used: it takes a whole number from 1 to ", "--limit", "0")]
    [InlineData("'from' cannot be used: it takes a time", "--from", "10")]
    [InlineData("Cannot parse argument 'many' for option '--limit'", "--limit", "many")]
    public async Task Replay_BadOption_IsRefused(string expected, params string[] options) =>
        Assert.StartsWith(expected, (await Cli.Alone(servers).RunAsync([.. Replay, "--yes", .. options])).Expect(1).Error, StringComparison.Ordinal);

    [Fact]
    public async Task QueueLength_MessageWaits_IsCounted()
    {
        var cli = Cli.Alone(servers);
        (await cli.RunAsync("job", "call", "math.add", "--x", "1", "--y", "2")).Expect(0);
        Assert.Equal("""{"messages":1,"poison":0}""", (await cli.RunAsync("queue", "length", "--json")).Expect(0).Out.Trim());
        Assert.Equal(["messages  1", "poison    0"], (await cli.RunAsync("queue", "length")).Expect(0).Out.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    private static async Task<string[]> FailAsync(App app, int count)
    {
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
            ids.Add((await app.RunAsync("demo.fail", "{}")).GetProperty("id").GetString()!);
        return [.. ids];
    }

    private static string[] Ids(CliAnswer answer) => [.. answer.Json.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("id").GetString()!)];
}
