using System.Globalization;
using Lovage.Jobs;

namespace FunctionApp.Hosting.Admin.Output;

/// <summary>How far a job is: <c>50 % step 1 of 2</c>.</summary>
internal static class JobProgressText
{
    public static string Of(JobProgress progress) => PlainText.OneLine(string.Create(CultureInfo.InvariantCulture, $"{progress.Percent:0.#} % {progress.Message}").TrimEnd());
}
