using System.CommandLine;
using FunctionApp.Hosting.Admin.Output;
using FunctionApp.Http.Listing;
using Lovage.DeadLetters;
using Lovage.Listing;

namespace FunctionApp.Hosting.Admin.DeadLetters;

/// <summary><c>dead-letters list</c>.</summary>
internal static class DeadLetterListVerb
{
    private const int DefaultLimit = 20;

    public static Command Make(VerbRunner runner)
    {
        var which = new DeadLetterOptions(DefaultLimit, "--after");
        var command = new VerbCommand("list", "Lists jobs that failed, the latest failure first.", "dead-letters list", "dead-letters list --name math.add --reason attemptsUsed");
        which.AddTo(command);
        command.SetAction((parsed, stop) => runner.RunAsync(parsed, Servers.Store, verb => ListAsync(verb, which.Read(parsed, verb)), stop));
        return command;
    }

    private static async Task<VerbAnswer> ListAsync(Verb verb, DeadLetterFilter filter)
    {
        // One more tells whether there are more, and where they begin.
        var found = await verb.Get<DeadLetterBox>().ListAsync(filter with { Limit = filter.Limit + 1 }, verb.Stop);
        var next = found.Skip(filter.Limit).FirstOrDefault()?.FinishedAt is { } time ? DeadLetterOptions.Time(time) : null;
        var page = new JobPage([.. found.Take(filter.Limit)], next);
        return new(new JobPageAnswer(page), shown =>
        {
            JobTable.Write(shown, page.Jobs, verb.Get<TimeProvider>().GetUtcNow());
            if (next is not null)
                shown.Note($"There are more: --after {next}");
        });
    }
}
