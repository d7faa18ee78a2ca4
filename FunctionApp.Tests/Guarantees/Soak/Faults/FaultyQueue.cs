using Lovage.Queue;

namespace FunctionApp.Tests.Guarantees.Soak.Faults;

/// <summary>The real queue, some of whose sends fail.</summary>
internal sealed class FaultyQueue(IJobQueue queue, FaultSource faults) : IJobQueue
{
    public async Task SendAsync(IReadOnlyList<JobEnvelope> jobs, int maxJobs, TimeSpan delay, CancellationToken cancellation)
    {
        var fault = faults.Draw(FaultSite.Send);
        if (fault is Fault.NotMade)
            throw new JobQueueUnavailableException("soak", new IOException("the soak let this call fail"));
        await queue.SendAsync(jobs, maxJobs, delay, cancellation);
        if (fault is Fault.AnswerLost)
            throw new JobQueueUnavailableException("soak", new IOException("the soak lost this answer"));
    }

    public Task CheckAsync(CancellationToken cancellation) => queue.CheckAsync(cancellation);

    public Task<QueueLengths> CountAsync(CancellationToken cancellation) => queue.CountAsync(cancellation);
}
