using System.CommandLine;
using FunctionApp.Hosting.Admin;

namespace FunctionApp.Tests.FunctionApp.CommandLine.Admin;

public sealed class HelpTests(RealServers servers)
{
    [Fact]
    public async Task EveryVerb_Help_HasAnExampleAndTheExitCodes()
    {
        var cli = Cli.Alone(servers);
        var root = new RootCommand();
        using var container = cli.Container();
        new AdminCommands(container, new(() => TextReader.Null, TextWriter.Null, TextWriter.Null)).AddTo(root);
        var verbs = root.Subcommands.SelectMany(group => group.Subcommands.Select(verb => (Group: group.Name, Verb: verb.Name))).ToArray();
        Assert.Equal(11, verbs.Length);
        foreach (var (group, verb) in verbs)
        {
            var help = (await cli.RunAsync(group, verb, "--help")).Expect(0).Out;
            Assert.Contains($"Examples:{Environment.NewLine}  dotnet run --project FunctionApp -- {group} {verb}", help, StringComparison.Ordinal);
            Assert.Contains("Exit codes:", help, StringComparison.Ordinal);
            Assert.DoesNotContain("Additional", help, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Call_Help_ListsTheJobs() =>
        Assert.Contains("math.add       Adds two whole numbers", (await Cli.Alone(servers).RunAsync("job", "call", "--help")).Expect(0).Out, StringComparison.Ordinal);

    [Fact]
    public async Task JobHelp_Parameters_HaveTypeDefaultAndLimits()
    {
        var help = (await Cli.Alone(servers).RunAsync("job", "call", "demo.progress", "--help")).Expect(0).Out;
        Assert.Contains("Reports its progress as it goes.", help, StringComparison.Ordinal);
        Assert.Matches(@"--steps <integer> +How many steps it makes\. At least 1, at most 1000\. \[default: 10\]", help);
        Assert.DoesNotContain("--context", help, StringComparison.Ordinal);
        Assert.Matches(@"--x <integer> +The first\. Required\.", (await Cli.Alone(servers).RunAsync("job", "call", "math.add", "--help")).Out);
    }

    [Fact]
    public async Task JobHelp_AllKindsOfParameters_SayHowTheyAreTyped()
    {
        var help = (await Cli.Alone(servers, builder => builder.Services.AddJobsOf<TypedJobs>()).RunAsync("job", "call", "typed.take", "--help")).Expect(0).Out;
        Assert.Contains("--text <string>", help, StringComparison.Ordinal);
        Assert.Contains("--items <JSON array of string>", help, StringComparison.Ordinal);
        Assert.Contains("--is-dry", help, StringComparison.Ordinal);
        Assert.Contains("<green|darkRed>", help, StringComparison.Ordinal);
        Assert.Contains("""'key' has the name of another option: give it in --args, '{"key":"text"}'.""", help, StringComparison.Ordinal);
        Assert.Contains("job call typed.take --text text --wait=30s", help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("job")]
    [InlineData("job", "shw")]
    [InlineData("dead-letters", "list", "--nmae")]
    [InlineData("job", "show")]
    public async Task CommandLine_Bad_IsRefusedWithWhereToLook(params string[] args)
    {
        var answer = (await Cli.Alone(servers).RunAsync(args)).Expect(1);
        Assert.StartsWith("See: dotnet run --project FunctionApp -- ", answer.ErrorLines[^1], StringComparison.Ordinal);
        Assert.Empty(answer.Out);
        Assert.Equal("urn:lovage:problem:invalid-command-line", (await Cli.Alone(servers).RunAsync([.. args, "--json"])).Expect(1).Problem.GetProperty("type").GetString());
    }
}
