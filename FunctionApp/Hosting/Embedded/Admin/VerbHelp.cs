using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace FunctionApp.Hosting.Admin;

/// <summary>The parser's help, and below it what a verb adds: examples, notes, and what the exit code says.</summary>
internal sealed class VerbHelp(HelpAction usual) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        if (parseResult.CommandResult.Command is not VerbCommand verb)
            return usual.Invoke(parseResult);
        // Else the usual help speaks of additional arguments of another program.
        verb.TreatUnmatchedTokensAsErrors = true;
        var code = usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        Write(output, "Examples", verb.Examples.Select(ThisProgram.Line));
        Write(output, "Notes", verb.Notes);
        Write(output, "Exit codes", ["0 done, 1 refused, 2 a server cannot be reached, 3 the job that was waited for did not succeed, 4 the wait ran out, 130 interrupted"]);
        return code;
    }

    private static void Write(TextWriter output, string title, IEnumerable<string> lines)
    {
        if (!lines.Any())
            return;
        output.WriteLine($"{title}:");
        foreach (var line in lines)
            output.WriteLine($"  {line}");
        output.WriteLine();
    }
}
