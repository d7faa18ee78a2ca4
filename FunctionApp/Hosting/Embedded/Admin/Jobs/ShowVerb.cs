using System.CommandLine;
using FunctionApp.Hosting.Admin.Output;
using FunctionApp.Http;
using Lovage.Client;

namespace FunctionApp.Hosting.Admin.Jobs;

/// <summary><c>job show</c>.</summary>
internal static class ShowVerb
{
    public static Command Make(VerbRunner runner)
    {
        var id = JobIdArgument.Make();
        var command = new VerbCommand("show", "Shows a job as it is now, with its result, its error and the attempts that failed.", "job show 0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a11") { id };
        command.SetAction((parsed, stop) => runner.RunAsync(parsed, Servers.Store, verb => ShowAsync(verb, parsed.GetRequiredValue(id)), stop));
        return command;
    }

    private static async Task<VerbAnswer> ShowAsync(Verb verb, string id)
    {
        if (await verb.Get<JobClient>().GetAsync(JobIdArgument.Read(id), verb.Stop) is not { } job)
            throw new RefusedException(Problems.JobNotFound(id));
        return new(new JobAnswer(job, toOperator: true), page => new JobSheet(page, verb.Get<TimeProvider>().GetUtcNow()).Write(job));
    }
}
