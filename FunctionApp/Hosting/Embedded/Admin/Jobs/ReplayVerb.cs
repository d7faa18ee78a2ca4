using System.CommandLine;
using FunctionApp.Hosting.Admin.Output;
using FunctionApp.Http;
using Lovage.Client;
using Lovage.DeadLetters;
using Lovage.Jobs;

namespace FunctionApp.Hosting.Admin.Jobs;

/// <summary><c>job replay</c>.</summary>
internal static class ReplayVerb
{
    public static Option<bool> RepeatEffects() => new("--repeat-effects")
    {
        Description = "Make also effects again of which nobody knows whether they were made: they may have happened.",
    };

    public static Command Make(VerbRunner runner)
    {
        var (id, repeatEffects) = (JobIdArgument.Make(), RepeatEffects());
        var command = new VerbCommand("replay", "Runs a failed job again, from its first attempt, with its history.", "job replay 0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a11") { id, repeatEffects };
        command.SetAction((parsed, stop) =>
            runner.RunAsync(parsed, Servers.Both, verb => ReplayAsync(verb, parsed.GetRequiredValue(id), parsed.GetValue(repeatEffects)), stop));
        return command;
    }

    private static async Task<VerbAnswer> ReplayAsync(Verb verb, string text, bool repeatEffects)
    {
        var (id, jobs) = (JobIdArgument.Read(text), verb.Get<JobClient>());
        if (await jobs.GetAsync(id, verb.Stop) is not { } job)
            throw new RefusedException(Problems.JobNotFound(text));
        if (!await verb.Get<DeadLetterBox>().ReplayAsync(id, repeatEffects, verb.Stop))
            throw new RefusedException(Problems.NotFailed(id, (await jobs.GetAsync(id, verb.Stop) ?? job).State));
        return new(new AcceptedJob(id, job.Name, JobState.Queued, statusUrl: null), page => page.Line(JobLine.Of(id, job.Name, JobState.Queued)));
    }
}
