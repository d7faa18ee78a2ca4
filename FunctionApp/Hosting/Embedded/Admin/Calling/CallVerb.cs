using System.CommandLine;
using FunctionApp.Http;
using FunctionApp.OpenApi;
using Lovage.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Hosting.Admin.Calling;

/// <summary><c>job call</c>: a command below it for each job, with the job's parameters as options.</summary>
internal static class CallVerb
{
    public static Command Make(VerbRunner runner)
    {
        var command = new VerbCommand("call", "Enqueues a job; with --wait also prints its result.", "job call math.add --x 2 --y 3 --wait", "job call math.add --help")
        {
            // What is no job is told with the names that are near.
            TreatUnmatchedTokensAsErrors = false,
            Notes = ["job call NAME --help lists what the job takes."],
        };
        command.SetAction((parsed, stop) => runner.RunAsync(parsed, Servers.None, verb => throw Refuse(verb.Get<JobRegistry>(), parsed.UnmatchedTokens), stop));
        return command;
    }

    /// <summary>Adds what only the container knows.</summary>
    /// <param name="call">What <see cref="Make"/> has made.</param>
    /// <param name="runner">Has the container, and runs what is added.</param>
    /// <param name="words">What was typed: only the job that is called needs its options.</param>
    public static void AddJobs(Command call, VerbRunner runner, IReadOnlyList<string> words)
    {
        var comments = new DocComments();
        foreach (var job in runner.Services.GetRequiredService<JobRegistry>().Jobs)
        {
            var comment = comments.Of(job.Method);
            var isCalled = words.Contains(job.Name) || words.Intersect(job.Aliases).Any();
            call.Subcommands.Add(isCalled ? new JobCommand(job, comments, comment).Make(runner) : new Command(job.Name, comment.FirstSentence));
        }
    }

    private static RefusedException Refuse(JobRegistry registry, IReadOnlyList<string> words)
    {
        if (words.FirstOrDefault(word => !word.StartsWith('-')) is not { } name)
            return new(Problems.BadParameter("name", $"Which job? There are: {string.Join(", ", registry.Names)}."));
        var near = NearNames.Of(name, registry.Names);
        return new(Problems.UnknownJob(new(name, registry.Names)), $"There is no job '{name}'. {(near.Count > 0 ? "The nearest" : "There")} are: {string.Join(", ", near.Count > 0 ? near : registry.Names)}.");
    }
}
