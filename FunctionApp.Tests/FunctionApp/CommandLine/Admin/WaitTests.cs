namespace FunctionApp.Tests.FunctionApp.CommandLine.Admin;

/// <summary><c>job call --wait</c>, beside an app that runs jobs.</summary>
public sealed class WaitTests(RealServers servers)
{
    [Fact]
    public async Task Wait_Succeeds_PrintsOnlyTheResult()
    {
        await using var app = await App.StartAsync(servers);
        var answer = (await Cli.Beside(app).RunAsync("job", "call", "math.add", "--x", "2", "--y", "3", "--wait")).Expect(0);
        Assert.Equal("5", answer.Out.Trim());
        Assert.EndsWith("  math.add  succeeded", answer.ErrorLines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_Json_PrintsTheJobAsTheApiAnswersIt()
    {
        await using var app = await App.StartAsync(servers);
        var answer = (await Cli.Beside(app).RunAsync("job", "call", "demo.progress", "--steps", "2", "--seconds", "0", "--wait=30s", "--json")).Expect(0);
        var asked = await app.Http.GetStringAsync(new Uri($"api/jobs/{answer.Json.GetProperty("id").GetString()}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(asked, answer.Out.Trim());
        Assert.Empty(answer.Error);
    }

    [Fact]
    public async Task Wait_Progress_IsALineEachForAPipeAndOneLineForATerminal()
    {
        await using var app = await App.StartAsync(servers);
        string[] call = ["job", "call", "demo.progress", "--steps", "2", "--seconds", "0", "--wait"];
        var piped = (await Cli.Beside(app).RunAsync(call)).Expect(0);
        var id = piped.ErrorLines[0].Split(' ')[0];
        Assert.Equal(
            [$"{id}  queued", $"{id}  running", $"{id}  50 % step 1 of 2", $"{id}  100 % step 2 of 2", $"{id}  demo.progress  succeeded"], piped.ErrorLines);

        var typed = (await Cli.Beside(app).With(isTerminal: true).RunAsync(call)).Expect(0);
        Assert.Contains("\r\e[K", typed.Error, StringComparison.Ordinal);
        Assert.Single(typed.ErrorLines);
        Assert.Equal("2", typed.Out.Trim());
    }

    [Fact]
    public async Task Wait_JobFails_ExitsWithThreeAndSaysWhy()
    {
        await using var app = await App.StartAsync(servers);
        var answer = (await Cli.Beside(app).RunAsync("job", "call", "demo.fail", "--message", "on\e[2J purpose", "--wait", "--json")).Expect(3);
        Assert.Equal("on\e[2J purpose", answer.Json.GetProperty("error").GetProperty("message").GetString());

        var read = (await Cli.Beside(app).RunAsync("job", "call", "demo.fail", "--message", "on\e[2J purpose", "--wait")).Expect(3);
        Assert.Contains("demo.fail  failed: System.InvalidOperationException: on·[2J purpose", read.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', read.Error);
        Assert.Empty(read.Out);
    }

    [Fact]
    public async Task Wait_RunsOut_ExitsWithFourAndTheJobGoesOn()
    {
        var cli = Cli.Alone(servers);
        var answer = (await cli.RunAsync("job", "call", "math.add", "--x", "2", "--y", "3", "--wait=100ms")).Expect(4);
        Assert.Empty(answer.Out);
        var id = answer.ErrorLines[0].Split(' ')[0];
        Assert.Equal($"The wait is over; the job goes on: dotnet run --project FunctionApp -- job show {id}", answer.ErrorLines[^1]);
        Assert.Equal("queued", (await cli.RunAsync("job", "show", id, "--json")).Expect(0).Json.GetProperty("state").GetString());

        var json = (await cli.RunAsync("job", "call", "math.add", "--x", "2", "--y", "3", "--wait=100ms", "--json")).Expect(4);
        Assert.Equal("queued", json.Json.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Wait_Interrupted_SaysWithTheIdThatTheJobGoesOn()
    {
        var cli = Cli.Alone(servers);
        using var interrupt = new CancellationTokenSource();
        using var container = cli.Container();
        using var output = new StringWriter();
        using var error = new OnWrite(interrupt.Cancel);
        var answer = (await cli.RunAsync(container, output, error, ["job", "call", "math.add", "--x", "2", "--y", "3", "--wait"], interrupt.Token)).Expect(130);
        var id = answer.ErrorLines[0].Split(' ')[0];
        Assert.Equal($"Stopped waiting; the job goes on: dotnet run --project FunctionApp -- job show {id}", answer.ErrorLines[^1]);
        Assert.Equal("queued", (await cli.RunAsync("job", "show", id, "--json")).Expect(0).Json.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Wait_CancelledMeanwhile_ExitsWithThree()
    {
        var cli = Cli.Alone(servers);
        var called = new TaskCompletionSource();
        using var container = cli.Container();
        using var output = new StringWriter();
        using var error = new OnWrite(() => called.TrySetResult());
        var waiting = cli.RunAsync(container, output, error, ["job", "call", "math.add", "--x", "2", "--y", "3", "--wait", "--delay", "1h"], CancellationToken.None);
        await called.Task.WaitAsync(Limits.Signal, TestContext.Current.CancellationToken);
        (await cli.RunAsync("job", "cancel", $"{error}".Split(' ')[0])).Expect(0);
        Assert.EndsWith("  math.add  cancelled", (await waiting).Expect(3).ErrorLines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_RedisGoesAway_ExitsWithTwoAndSaysThatTheJobGoesOn()
    {
        await using var redis = await servers.NewRedisAsync();
        var cli = Cli.Alone(servers, redis: redis.Address);
        var called = new TaskCompletionSource();
        using var container = cli.Container();
        using var output = new StringWriter();
        using var error = new OnWrite(() => called.TrySetResult());
        var waiting = cli.RunAsync(container, output, error, ["job", "call", "math.add", "--x", "2", "--y", "3", "--wait"], CancellationToken.None);
        await called.Task.WaitAsync(Limits.Signal, TestContext.Current.CancellationToken);
        await redis.KillAsync(TestContext.Current.CancellationToken);

        var answer = (await waiting).Expect(2);
        var id = answer.ErrorLines[0].Split(' ')[0];
        Assert.StartsWith("The job store (Redis) is unavailable: ", answer.ErrorLines[^1], StringComparison.Ordinal);
        Assert.EndsWith($" The job goes on: dotnet run --project FunctionApp -- job show {id}", answer.ErrorLines[^1], StringComparison.Ordinal);
    }

    // Says when the first line was written: the job is accepted by then, and waited for.
    private sealed class OnWrite(Action written) : StringWriter
    {
        public override void Flush() => written();
    }
}
