using System.Text.Json;
using Lovage.Jobs;

namespace FunctionApp.Tests.FunctionApp.CommandLine.Admin;

/// <summary>What <c>job call</c> makes of what is typed. Nobody runs these jobs.</summary>
public sealed class CallTests(RealServers servers)
{
    [Theory]
    [InlineData("""{"text":"5","count":-7}""", "--text", "5", "--count", "-7")]
    [InlineData("""{"text":"@file --no","count":1}""", "--text=@file --no", "--COUNT", "1")]
    [InlineData("""{"text":"@file"}""", "--text", "@file")]
    [InlineData("""{"text":"","items":["a","b"]}""", "--text", "", "--items", """["a","b"]""")]
    [InlineData("""{"text":"t","isDry":true,"colour":"darkRed"}""", "--text", "t", "--is-dry", "--colour", "darkRed")]
    [InlineData("""{"text":"t","isDry":false}""", "--text", "t", "--isDry", "false")]
    [InlineData("""{"text":"null","maybe":null}""", "--text", "null", "--maybe", "null")]
    [InlineData("""{"key":"k","text":"t"}""", "--args", """{"key":"k"}""", "--text", "t")]
    [InlineData("""["t",3]""", "--args", """["t",3]""")]
    public async Task Call_Options_AreTheArguments(string expected, params string[] options)
    {
        var cli = Cli.Alone(servers, builder => builder.Services.AddJobsOf<TypedJobs>());
        var answer = (await cli.RunAsync(["job", "call", "typed.take", .. options])).Expect(0);

        var arguments = await ArgumentsOfAsync(cli, answer.Id);
        var wanted = JsonDocument.Parse(expected).RootElement;
        if (wanted.ValueKind is JsonValueKind.Array)
            Assert.Equal(("t", 3), (arguments.GetProperty("text").GetString(), arguments.GetProperty("count").GetInt32()));
        else
            Assert.True(JsonElement.DeepEquals(wanted, arguments), $"{arguments}");
    }

    [Fact]
    public async Task Call_ArgsFromStandardInput_AreTheArguments()
    {
        var cli = Cli.Alone(servers).With(input: """{"x":2,"y":3}""");
        var answer = (await cli.RunAsync("job", "call", "math.add", "--args", "-")).Expect(0);
        Assert.Equal("""{"x":2,"y":3}""", (await ArgumentsOfAsync(cli, answer.Id)).GetRawText());
    }

    [Fact]
    public async Task Call_BadArguments_AreALineEach()
    {
        var answer = (await Cli.Alone(servers).RunAsync("job", "call", "math.add", "--x", "two", "--z", "3")).Expect(1);
        Assert.Equal(
            [
                "x must be an integer from -2147483648 to 2147483647, not a string.",
                "z is not an argument of this job; it takes x, y.",
                "y is missing; it must be an integer from -2147483648 to 2147483647.",
            ],
            answer.ErrorLines);
        Assert.Empty(answer.Out);
    }

    [Theory]
    [InlineData("--args is not JSON: ", "--args", "{")]
    [InlineData("x is given twice.", "--x", "1", "--y", "1", "--args", """{"x":2}""")]
    [InlineData("Options add to an object", "--x", "1", "--args", "[2]")]
    [InlineData("The arguments must be an object", "--args", "5")]
    [InlineData("'3' belongs to no option", "3")]
    [InlineData("'--delay' cannot be read", "--x", "1", "--y", "2", "--delay", "soon")]
    [InlineData("'--wait' cannot be read", "--x", "1", "--y", "2", "--wait=soon")]
    [InlineData("'idempotencyKey' cannot be used: ", "--x", "1", "--y", "2", "--key", "")]
    public async Task Call_WhatCannotBeUsed_IsRefusedInOneLine(string expected, params string[] options)
    {
        var cli = Cli.Alone(servers);
        var answer = (await cli.RunAsync(["job", "call", "math.add", .. options])).Expect(1);
        Assert.Contains(answer.ErrorLines, line => line.StartsWith(expected, StringComparison.Ordinal));
        Assert.Empty((await cli.RunAsync("job", "list", "--json")).Json.GetProperty("jobs").EnumerateArray());
    }

    [Fact]
    public async Task Call_OptionBeforeTheName_IsRefused() =>
        Assert.Equal(["'--wait' is given after the job's name, as it is written here."], (await Cli.Alone(servers).RunAsync("job", "call", "--wait", "math.add", "--x", "1", "--y", "2")).Expect(1).ErrorLines);

    [Fact]
    public async Task Call_BadArgumentsAsJson_IsTheProblemOfTheApi()
    {
        var answer = (await Cli.Alone(servers).RunAsync("job", "call", "math.add", "--x", "1", "--json")).Expect(1);
        Assert.Equal("urn:lovage:problem:invalid-arguments", answer.Problem.GetProperty("type").GetString());
        Assert.StartsWith("is missing", answer.Problem.GetProperty("errors").GetProperty("y")[0].GetString(), StringComparison.Ordinal);
        Assert.Empty(answer.Out);
    }

    [Theory]
    [InlineData("math.ad", "There is no job 'math.ad'. The nearest are: math.add.")]
    [InlineData("sleep", "There is no job 'sleep'. The nearest are: demo.sleep.")]
    [InlineData("nothing.like.it", "There is no job 'nothing.like.it'. There are: demo.fail, demo.fetch, demo.noop, demo.progress, demo.sleep, email.send, math.add.")]
    public async Task Call_UnknownJob_NamesTheNearest(string name, string expected)
    {
        var cli = Cli.Alone(servers);
        Assert.Equal([expected], (await cli.RunAsync("job", "call", name, "--x", "1")).Expect(1).ErrorLines);
        var problem = (await cli.RunAsync("--json", "job", "call", name)).Expect(1);
        Assert.NotEmpty(problem.Error);
    }

    [Fact]
    public async Task Call_Delayed_IsScheduled()
    {
        var cli = Cli.Alone(servers);
        var called = (await cli.RunAsync("job", "call", "math.add", "--x", "1", "--y", "2", "--delay", "10m", "--json")).Expect(0);
        Assert.Equal("scheduled", called.Json.GetProperty("state").GetString());
        Assert.False(called.Json.TryGetProperty("statusUrl", out _));
        var shown = (await cli.RunAsync("job", "show", called.Json.GetProperty("id").GetString()!)).Expect(0);
        Assert.Contains("  in ", shown.Out.Split('\n').Single(line => line.StartsWith("due", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_KeyUsedBefore_IsTheFirstJob()
    {
        var cli = Cli.Alone(servers);
        string[] call = ["job", "call", "math.add", "--x", "1", "--y", "2", "--key", "order 17"];
        var first = (await cli.RunAsync(call)).Expect(0);
        (await cli.RunAsync("job", "cancel", first.Id)).Expect(0);
        var again = (await cli.RunAsync(call)).Expect(0);
        Assert.Equal($"{first.Id}  math.add  cancelled", again.Out.Trim());
        var other = (await cli.RunAsync("job", "call", "math.add", "--x", "5", "--y", "5", "--key", "order 17", "--json")).Expect(1);
        Assert.Equal(first.Id, other.Problem.GetProperty("id").GetString());
    }

    private static async Task<JsonElement> ArgumentsOfAsync(Cli cli, string id)
    {
        using var container = cli.Container();
        var box = (global::Lovage.DeadLetters.DeadLetterBox)container.Services.GetService(typeof(global::Lovage.DeadLetters.DeadLetterBox))!;
        Assert.True(JobId.TryParse(id, out var job));
        return JsonDocument.Parse((await box.ReadTextAsync(job, TestContext.Current.CancellationToken))!).RootElement;
    }
}
