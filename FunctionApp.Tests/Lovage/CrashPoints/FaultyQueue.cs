using Lovage.Queue;

namespace FunctionApp.Tests.Lovage.CrashPoints;

/// <summary>A process's way to the queue. Every message is a call that may go wrong.</summary>
internal sealed class FaultyQueue(IJobQueue queue, Calls calls) : IJobQueue
{
    public async Task SendAsync(IReadOnlyList<JobEnvelope> jobs, int maxJobs, TimeSpan delay, CancellationToken cancellation)
    {
        foreach (var message in jobs.Chunk(maxJobs))
            await MakeAsync("send", () => queue.SendAsync(message, maxJobs, delay, cancellation));
    }

    public Task CheckAsync(CancellationToken cancellation) => MakeAsync("check", () => queue.CheckAsync(cancellation));

    public Task<QueueLengths> CountAsync(CancellationToken cancellation) => MakeAsync("count", () => queue.CountAsync(cancellation));

    private Task MakeAsync(string what, Func<Task> call) => MakeAsync(what, async () =>
    {
        await call();
        return true;
    });

    private Task<T> MakeAsync<T>(string what, Func<Task<T>> call) =>
        calls.MakeAsync($"queue, {what}", call, () => new JobQueueUnavailableException("test", new IOException("on purpose")));
}
