using FunctionApp.Http;
using Lovage.Jobs;

namespace FunctionApp.Hosting.Admin.Output;

/// <summary>A job in a line that begins with its id, whole.</summary>
internal static class JobLine
{
    public static string Of(JobId id, string name, JobState state) => $"{id}  {PlainText.OneLine(name)}  {StateText.Of(state)}";
}
