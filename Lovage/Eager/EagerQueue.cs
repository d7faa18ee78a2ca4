using System.Text;
using Lovage.Processing;
using Lovage.Queue;
using Lovage.Store;

namespace Lovage.Eager;

/// <summary>A queue that runs what it is sent, and returns when that has ended.</summary>
internal sealed class EagerQueue(IJobStore store, JobRunner runner, RunningJobs running) : IJobQueue
{
    // Nobody nests so many on purpose; a job that enqueues itself would go on until memory is full.
    private const int MaxDepth = 100;

    private static readonly WorkerId Worker = new("eager");

    private readonly AsyncLocal<int> depth = new();

    /// <remarks>By way of a message's text, as with a queue: what does not survive that is to be seen in a test.</remarks>
    public async Task SendAsync(IReadOnlyList<JobEnvelope> jobs, int maxJobs, TimeSpan delay, CancellationToken cancellation)
    {
        foreach (var message in MessageWriter.Write(jobs, maxJobs))
        {
            foreach (var job in MessageReader.Read(Encoding.UTF8.GetString(message.Span)).Jobs)
                await RunAsync(job).ConfigureAwait(false);
        }
    }

    public Task CheckAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task<QueueLengths> CountAsync(CancellationToken cancellation) => Task.FromResult<QueueLengths>(new(0, 0));

    // To its end: the next attempt follows at once.
    private async Task RunAsync(JobEnvelope job)
    {
        // Seen by what this method calls, and not by its caller.
        if (++depth.Value > MaxDepth)
        {
            throw new InvalidOperationException(
                $"Job '{job.Name}' is enqueued by a job that was enqueued by a job, {MaxDepth} deep. With RunEagerly each runs within the one before it, so a job that enqueues itself does not end: call its method instead.");
        }
        while ((await store.ClaimAsync(Worker, [job], alone: true, CancellationToken.None).ConfigureAwait(false))[0] is ClaimAnswer.Run(var claim))
        {
            var claimed = new ClaimedJob(job, claim, CancellationToken.None, running.Begin(job.Id));
            try
            {
                var settlement = await runner.RunAsync(claimed, CancellationToken.None).ConfigureAwait(false);
                await store.SettleAsync(claim, settlement, CancellationToken.None).ConfigureAwait(false);
            }
            finally
            {
                running.End(claimed);
            }
        }
    }
}
