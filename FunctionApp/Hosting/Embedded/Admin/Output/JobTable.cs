using FunctionApp.Http;
using Lovage.Store;

namespace FunctionApp.Hosting.Admin.Output;

/// <summary>Jobs in aligned columns, one a line; ids whole, to be copied.</summary>
internal static class JobTable
{
    private const int LongestNote = 80;
    private const string Gap = "  ";

    private static readonly string[] Titles = ["ID", "NAME", "STATE", "ATTEMPT", "ENQUEUED", "LATEST"];

    public static void Write(Page page, IReadOnlyList<JobRecord> jobs, DateTimeOffset now)
    {
        string[][] rows = [.. jobs.Select(job => Cells(job, now))];
        int[] widths = [.. Titles.Select((title, column) => rows.Select(row => row[column].Length).Append(title.Length).Max())];
        page.Line(string.Join(Gap, Titles.Select((title, column) => title.PadRight(widths[column]))).TrimEnd());
        foreach (var (job, row) in jobs.Zip(rows))
            page.Line(string.Join(Gap, row.Select((cell, column) => Padded(page, job, cell, column, widths[column]))).TrimEnd());
    }

    private static string Padded(Page page, JobRecord job, string cell, int column, int width) =>
        Titles[column] == "STATE" ? page.Coloured(job.State, cell.PadRight(width)) : cell.PadRight(width);

    private static string[] Cells(JobRecord job, DateTimeOffset now) =>
        [job.Id.ToString(), PlainText.OneLine(job.Name), StateText.Of(job.State), $"{job.Attempt}", TimeSpanText.Relative(job.EnqueuedAt, now), PlainText.Short(Note(job), LongestNote)];

    // What one would look at next: why it failed, or how far it is.
    private static string Note(JobRecord job) => job switch
    {
        { Error: { } error } => error.Message,
        { Progress: { } progress } => JobProgressText.Of(progress),
        _ => "",
    };
}
