using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using FunctionApp.Hosting.Admin.Accounts;
using FunctionApp.Hosting.Admin.Calling;
using FunctionApp.Hosting.Admin.Database;
using FunctionApp.Hosting.Admin.DeadLetters;
using FunctionApp.Hosting.Admin.Jobs;
using FunctionApp.Hosting.Admin.Queue;

namespace FunctionApp.Hosting.Admin;

/// <summary>The verbs for operators, without HTTP: what <c>manage.py</c> is elsewhere. They use the app's container and never start it.</summary>
internal sealed class AdminCommands
{
    /// <summary>How command lines are read: a value that begins with @ is a value, not a file of more arguments.</summary>
    public static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    private readonly AdminConsole console;
    private readonly VerbRunner runner;
    private readonly Command call;
    private readonly Command[] groups;

    public AdminCommands(AdminContainer container, AdminConsole console)
    {
        this.console = console;
        runner = new(container, console);
        call = CallVerb.Make(runner);
        // Another verb is a class that makes a command, listed here.
        groups =
        [
            Group("job", "Calls, shows and changes jobs.", call, ShowVerb.Make(runner), ListVerb.Make(runner), CancelVerb.Make(runner), ReplayVerb.Make(runner)),
            Group("dead-letters", "The jobs that have failed.", DeadLetterListVerb.Make(runner), DeadLetterReplayVerb.Make(runner)),
            Group("queue", "The storage queue.", QueueLengthVerb.Make(runner)),
            Group("db", "The database of accounts.", MigrateVerb.Make(runner)),
            Group("accounts", "People who can sign in.", CreateVerb.Make(runner), LockVerb.Make(runner)),
        ];
    }

    public void AddTo(RootCommand root)
    {
        foreach (var group in groups)
            root.Subcommands.Add(group);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new VerbHelp((HelpAction)help.Action!);
    }

    /// <summary>Parses and runs a command line of the program, whichever command it is.</summary>
    public async Task<int> InvokeAsync(RootCommand root, string[] args, CancellationToken cancellation = default)
    {
        var parsed = root.Parse(args, Parsing);
        // Which jobs there are, and what they take, only the container tells. It is not built for anything else before it is needed.
        if (parsed.CommandResult.Command == call)
        {
            if (runner.Try(parsed, () => CallVerb.AddJobs(call, runner, parsed.UnmatchedTokens)) is { } refused)
                return refused;
            parsed = root.Parse(args, Parsing);
        }
        if (parsed.Action is ParseErrorAction && IsVerb(parsed))
            return Refuse(parsed);
        return await parsed.InvokeAsync(Invocation(console.Out, console.Error), cancellation);
    }

    /// <summary>How commands are run. Signals are the host's: it drains, which takes longer than the parser would wait.</summary>
    public static InvocationConfiguration Invocation(TextWriter output, TextWriter error) => new() { ProcessTerminationTimeout = null, Output = output, Error = error };

    private Command Group(string name, string description, params Command[] verbs)
    {
        var group = new Command(name, description) { runner.Json };
        foreach (var verb in verbs)
            group.Subcommands.Add(verb);
        return group;
    }

    private bool IsVerb(ParseResult parsed) => parsed.RootCommandResult.Children.OfType<System.CommandLine.Parsing.CommandResult>().Any(child => groups.Contains(child.Command));

    private int Refuse(ParseResult parsed)
    {
        string[] errors = [.. parsed.Errors.Select(error => error.Message).Distinct()];
        return VerbFailure.BadCommandLine(string.Join(" ", errors), [.. errors, $"See: {ThisProgram.Line($"{Path(parsed)} --help")}"]).Write(console.Error, parsed.GetValue(runner.Json));
    }

    private static string Path(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (var result = parsed.CommandResult; result.Parent is System.CommandLine.Parsing.CommandResult parent; result = parent)
            names.Push(result.Command.Name);
        return string.Join(' ', names);
    }
}
