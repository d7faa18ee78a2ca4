using FunctionApp.Hosting.Admin.Output;
using FunctionApp.Http;
using Lovage.Client;
using Lovage.Jobs;
using Lovage.Store;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Hosting.Admin.Calling;

/// <summary>Waits for the end of a job that was called. The job does not depend on it.</summary>
internal sealed class JobWait(Verb verb, JobId id, string name)
{
    // The longest that a timer takes is 49 days.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    /// <param name="atMost">Null is as long as it takes.</param>
    public async Task<VerbAnswer> ForEndAsync(TimeSpan? atMost)
    {
        using var over = new CancellationTokenSource(atMost is not { } limit ? Timeout.InfiniteTimeSpan : limit < Longest ? limit : Longest, verb.Get<TimeProvider>());
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, verb.Stop);
        using var progress = new WaitProgress(verb, id);
        JobRecord? job = null;
        try
        {
            await foreach (var view in verb.Get<JobClient>().WatchAsync(id, either.Token))
                progress.Show(job = view);
            return Ended(job ?? throw new RefusedException(Problems.JobNotFound($"{id}")));
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            var (code, what) = verb.Stop.IsCancellationRequested ? (ExitCode.Interrupted, "Stopped waiting") : (ExitCode.WaitOver, "The wait is over");
            return new(Latest(job), page => page.Note($"{what}; the job goes on: {ThisProgram.Line($"job show {id}")}"), code);
        }
        // It was accepted: that the store is away now takes nothing back.
        catch (JobStoreUnavailableException e)
        {
            throw new UnreachableException([$"{e.Message} The job goes on: {ThisProgram.Line($"job show {id}")}"]);
        }
    }

    private IResult Latest(JobRecord? job) => job is null ? new AcceptedJob(id, name, JobState.Queued, statusUrl: null) : new JobAnswer(job, toOperator: true);

    private VerbAnswer Ended(JobRecord job) => new(Latest(job), page => Show(page, job), job.State is JobState.Succeeded ? ExitCode.Done : ExitCode.JobFailed);

    private void Show(Page page, JobRecord job)
    {
        if (job.Result is { } result)
            page.Line(JsonText.Of(result));
        var why = job.State is JobState.Failed && job.Error is { } error ? $": {error.Type}: {error.Message}" : "";
        page.Note(PlainText.OneLine($"{JobLine.Of(id, name, job.State)}{why}"));
    }
}
