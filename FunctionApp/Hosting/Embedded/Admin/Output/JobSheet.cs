using System.Text.Json;
using FunctionApp.Http;
using Lovage.Store;

namespace FunctionApp.Hosting.Admin.Output;

/// <summary>All about one job, a fact a line.</summary>
/// <param name="page">Where it goes.</param>
/// <param name="now">What times are relative to.</param>
internal sealed class JobSheet(Page page, DateTimeOffset now)
{
    private const int NameWidth = 12;

    public void Write(JobRecord job)
    {
        Fact("id", job.Id.ToString());
        Fact("name", job.Name);
        Fact("state", page.Coloured(job.State, StateText.Of(job.State)) + (job.CancelRequested && job.FinishedAt is null ? ", asked to stop" : ""), isOurs: true);
        Fact("attempt", $"{job.Attempt}");
        if (job.Progress is { } progress)
            Fact("progress", JobProgressText.Of(progress));
        Time("enqueued", job.EnqueuedAt);
        Time("due", job.FinishedAt is null && job.StartedAt is null ? job.DueAt : null);
        Time("expires", job.FinishedAt is null ? job.ExpiresAt : null);
        Time("started", job.StartedAt);
        Time("finished", job.FinishedAt, job.FinishedAt is { } end && job.StartedAt is { } start && end > start ? $", ran {TimeSpanText.Of(end - start)}" : "");
        if (job.Result is { } result)
            Fact("result", JsonText.Of(result), isOurs: true);
        if (job.Reason is { } reason)
            Fact("reason", JsonNamingPolicy.CamelCase.ConvertName($"{reason}"));
        if (job.Error is { } error)
            Fact("error", $"{error.Type}: {error.Message}");
        foreach (var attempt in job.History)
            Fact($"attempt {attempt.Attempt}", $"failed {TimeSpanText.Relative(attempt.EndedAt, now)} after {TimeSpanText.Of(attempt.EndedAt - attempt.StartedAt)}: {attempt.Error.Type}: {attempt.Error.Message}");
        if (job.Error?.StackTrace is { } stack)
            page.Line(PlainText.Lines(stack.ReplaceLineEndings("\n")));
    }

    private void Time(string name, DateTimeOffset? at, string more = "")
    {
        if (at is { } time)
            Fact(name, $"{TimeSpanText.Absolute(time)}  {TimeSpanText.Relative(time, now)}{more}");
    }

    private void Fact(string name, string text, bool isOurs = false) => page.Line($"{name.PadRight(NameWidth)}{(isOurs ? text : PlainText.OneLine(text))}");
}
