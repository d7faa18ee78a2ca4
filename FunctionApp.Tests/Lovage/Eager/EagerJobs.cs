using System.Collections.Concurrent;
using Lovage.Client;
using Lovage.Jobs;

namespace FunctionApp.Tests.Lovage.Eager;

internal sealed class EagerLog
{
    public ConcurrentQueue<string> Lines { get; } = [];
}

internal sealed class EagerScope(EagerLog log) : IDisposable
{
    public void Dispose() => log.Lines.Enqueue("disposed");
}

internal sealed class EagerJobs(JobClient jobs, EagerLog log, EagerScope scope, JobContext injected, IJobContextAccessor accessor)
{
    [Job("eager.add")]
    public int Add(int x, int y) => x + y;

    [Job("eager.length")]
    public int Length(string text) => text.Length;

    [Job("eager.note")]
    public void Note(string line) => log.Lines.Enqueue(line);

    [Job("eager.context")]
    public async Task<bool> ContextAsync(JobContext job)
    {
        await job.ReportProgressAsync(50, job.Headers["tenant"]);
        return scope is not null && job == injected && job == accessor.Context;
    }

    [Job("eager.third-time", MaxAttempts = 5, RetryBaseSeconds = 86_400)]
    public string ThirdTime(JobContext job) => job.Attempt == 3 ? "done" : throw new InvalidOperationException($"attempt {job.Attempt}");

    [Job("eager.fail", MaxAttempts = 2)]
    public void Fail() => throw new InvalidOperationException("on purpose");

    [Job("eager.reject")]
    public void Reject() => throw new RejectJobException("never");

    [Job("eager.later")]
    public string Later(JobContext job) => job.Attempt == 2 ? "done" : throw new RetryJobException(TimeSpan.FromDays(1_000));

    [Job("eager.parent")]
    public async Task<string> ParentAsync(JobContext job)
    {
        var id = await jobs.EnqueueAsync<EagerJobs>(j => j.Note("child"));
        return $"{(await jobs.GetAsync(id))!.State} {accessor.Context == job}";
    }

    [Job("eager.parent-of-a-failure")]
    public async Task<JobState?> ParentOfAFailureAsync() => (await jobs.GetAsync(await jobs.EnqueueAsync<EagerJobs>(j => j.Fail())))!.State;

    [Job("eager.endless", MaxAttempts = 1)]
    public async Task EndlessAsync()
    {
        log.Lines.Enqueue("again");
        await jobs.EnqueueAsync<EagerJobs>(j => j.EndlessAsync());
    }

    [Job("eager.cancels-itself")]
    public async Task CancelsItselfAsync(JobContext job)
    {
        await jobs.CancelAsync(job.Id);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, job.Cancellation);
    }

    [Job("eager.cancels-itself-and-throws")]
    public async Task CancelsItselfAndThrowsAsync(JobContext job)
    {
        await jobs.CancelAsync(job.Id);
        throw new InvalidOperationException("on purpose");
    }
}
