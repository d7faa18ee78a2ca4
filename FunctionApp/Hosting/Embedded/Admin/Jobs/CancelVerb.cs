using System.CommandLine;
using FunctionApp.Http;
using Lovage.Client;
using Lovage.Jobs;

namespace FunctionApp.Hosting.Admin.Jobs;

/// <summary><c>job cancel</c>.</summary>
internal static class CancelVerb
{
    public static Command Make(VerbRunner runner)
    {
        var id = JobIdArgument.Make();
        var command = new VerbCommand("cancel", "Cancels a job: at once if it has not begun; one that runs is asked to stop.", "job cancel 0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a11") { id };
        command.SetAction((parsed, stop) => runner.RunAsync(parsed, Servers.Store, verb => CancelAsync(verb, parsed.GetRequiredValue(id)), stop));
        return command;
    }

    private static async Task<VerbAnswer> CancelAsync(Verb verb, string text)
    {
        var id = JobIdArgument.Read(text);
        if (await verb.Get<JobClient>().CancelAsync(id, verb.Stop) is not { } state)
            throw new RefusedException(Problems.JobNotFound(text));
        return new(CancelAnswer.Of(id, state), page => page.Line(state is JobState.Running ? $"{id} runs, and was asked to stop." : $"{id} is cancelled."));
    }
}
