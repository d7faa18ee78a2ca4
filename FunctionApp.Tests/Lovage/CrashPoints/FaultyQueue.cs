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

    private Task MakeAsync(string what, Func<Task> call) => calls.MakeAsync(
        $"queue, {what}",
        async () =>
        {
            await call();
            return true;
        },
        () => new JobQueueUnavailableException("test", new IOException("on purpose")));
}
