using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using FunctionApp.Hosting.Admin;
using FunctionApp.Tests.FunctionApp;
using FunctionApp.Tests.FunctionApp.Accounts;
using FunctionApp.Tests.FunctionApp.CommandLine.Admin;

namespace FunctionApp.Tests.Docs;

/// <summary>What docs/command-line.md shows is executed, and what it lists is all there is.</summary>
public sealed partial class CommandLineDocumentTests(RealServers servers)
{
    private const string ExampleId = "0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a11";

    private static readonly string Document = Repository.Read("docs/command-line.md");

    [Fact]
    public async Task Commands_Typed_Succeed()
    {
        await using var app = await App.StartAsync(servers);
        // What is read from a file.
        var cli = Cli.Beside(app).With(input: AccountCaller.Password);
        var commands = Command().Matches(Document).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(19, commands.Length);
        foreach (var command in commands)
        {
            string[] args = [.. Word().Matches(command.Split(" < ")[0]).Select(word => word.Groups[1].Success ? word.Groups[1].Value : word.Value)];
            if (args.IndexOf(ExampleId) is >= 0 and var at)
                args[at] = await JobForAsync(app, cli, args[1]);
            var answer = await cli.RunAsync(args);
            Assert.True(answer.Code == 0, $"{command}: exit code {answer.Code}\n{answer.Error}");
            Assert.NotEmpty(answer.Out);
        }
    }

    [Fact]
    public void Verbs_AreThoseOfTheProgram()
    {
        var root = new System.CommandLine.RootCommand();
        using var container = Cli.Alone(servers).Container();
        new AdminCommands(container, new(() => TextReader.Null, TextWriter.Null, TextWriter.Null)).AddTo(root);
        Assert.Equal(
            root.Subcommands.SelectMany(group => group.Subcommands.Select(verb => $"{group.Name} {verb.Name}")),
            Verb().Matches(Document).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void ExitCodes_AreThoseOfTheProgram() => Assert.Equal(
        typeof(ExitCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(code => (int)code.GetValue(null)!).Order(),
        Code().Matches(Document).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)));

    // One that the verb can be used on.
    private static async Task<string> JobForAsync(App app, Cli cli, string verb) => verb switch
    {
        "cancel" => (await cli.RunAsync("job", "call", "math.add", "--x", "1", "--y", "2", "--delay", "1h")).Expect(0).Id,
        _ => (await app.RunAsync("demo.fail", "{}")).GetProperty("id").GetString()!,
    };

    [GeneratedRegex("^dotnet run --project FunctionApp -- ([^\n]+)$", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"'([^']*)'|\S+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^\| `([a-z-]+ [a-z]+)[A-Z ]*` \|", RegexOptions.Multiline)]
    private static partial Regex Verb();

    [GeneratedRegex(@"^\| (\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Code();
}
