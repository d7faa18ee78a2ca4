using System.CommandLine;
using FunctionApp.Hosting.Admin.Output;
using FunctionApp.Http;
using FunctionApp.OpenApi;
using Lovage.Client;
using Lovage.Jobs;

namespace FunctionApp.Hosting.Admin.Calling;

/// <summary>One job as a command.</summary>
internal sealed class JobCommand
{
    private readonly JobDefinition job;
    private readonly DocComment comment;
    private readonly JobOption[] arguments;
    private readonly Option<string?> wait = new("--wait") { Description = $"Wait for the end and print the result; no longer than this, if it is given: {DurationText.Form}.", HelpName = "duration", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> delay = new("--delay") { Description = "Not before so long from now.", HelpName = "duration" };
    private readonly Option<string?> key = new("--key") { Description = "An idempotency key: calling again with it gives the first job.", HelpName = "text" };
    private readonly Option<string?> args = new("--args") { Description = "Arguments as JSON: an object by name, which options may add to, or an array by position; - reads it from standard input.", HelpName = "JSON" };

    public JobCommand(JobDefinition job, DocComments comments, DocComment comment)
    {
        (this.job, this.comment) = (job, comment);
        arguments = [.. job.Arguments.Select(parameter => new JobOption(parameter, comments, comment))];
    }

    public Command Make(VerbRunner runner)
    {
        var command = new VerbCommand(job.Name, comment.Summary ?? "", $"job call {job.Name} {string.Concat(arguments.Where(argument => !argument.IsOptional).Select(argument => argument.Example))}--wait=30s")
        {
            // What is no argument of the job is told with those that are.
            TreatUnmatchedTokensAsErrors = false,
            Notes = [.. arguments.Where(argument => argument.Option is null).Select(argument => $"'{argument.Name}' has the name of another option: give it in --args, {argument.ArgsExample}.")],
        };
        foreach (var alias in job.Aliases)
            command.Aliases.Add(alias);
        foreach (var option in (IEnumerable<Option>)[.. arguments.Select(argument => argument.Option).OfType<Option>(), wait, delay, key, args])
            command.Options.Add(option);
        command.SetAction((parsed, stop) => runner.RunAsync(parsed, Servers.Both, verb => CallAsync(verb, parsed), stop));
        return command;
    }

    private async Task<VerbAnswer> CallAsync(Verb verb, ParseResult parsed)
    {
        var atMost = parsed.GetValue(wait) is { } text ? DurationText.TryParse(text) ?? throw new BadParameterException("wait", $"'--wait' cannot be read: it takes {DurationText.Form}.") : (TimeSpan?)null;
        var enqueue = EnqueueParameters.Read((name, _) => name switch
        {
            "delay" when parsed.GetValue(delay) is { } given => ("--delay", given),
            "idempotencyKey" when parsed.GetValue(key) is { } given => ("--key", given),
            _ => null,
        });
        var given = await GivenArguments.ReadAsync(parsed, arguments, parsed.GetValue(args), verb.Console.In);

        // Not to be interrupted: who has no id cannot ask what became of it.
        var jobs = verb.Get<JobClient>();
        var id = await jobs.EnqueueAsync(job.Name, given, enqueue, CancellationToken.None);
        if (parsed.GetResult(wait) is not null)
            return await new JobWait(verb, id, job.Name).ForEndAsync(atMost);
        // A key that was used before stands for a job that may have gone on since.
        var state = (enqueue.IdempotencyKey is null ? null : await jobs.GetAsync(id, verb.Stop))?.State ?? FirstState.Of(enqueue, verb.Get<TimeProvider>());
        return new(new AcceptedJob(id, job.Name, state, statusUrl: null), page => page.Line(JobLine.Of(id, job.Name, state)));
    }
}
