using System.CommandLine;
using FunctionApp.Http;
using Lovage.Jobs;

namespace FunctionApp.Hosting.Admin.Jobs;

/// <summary>The job that a verb is about.</summary>
internal static class JobIdArgument
{
    public static Argument<string> Make() => new("id") { Description = "The job's id, as call and list print it." };

    /// <exception cref="RefusedException">It is no id: no job has it.</exception>
    public static JobId Read(string text) => JobId.TryParse(text, out var id) ? id : throw new RefusedException(Problems.JobNotFound(text));
}
