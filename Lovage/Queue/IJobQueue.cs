namespace Lovage.Queue;

/// <summary>Where doorbells go. A message says "look at these jobs"; losing or repeating one changes no job.</summary>
internal interface IJobQueue
{
    /// <summary>How many calls to send it takes side by side.</summary>
    int ParallelSends => 1;

    /// <summary>Sends the jobs in as few messages as their sizes and <paramref name="maxJobs"/> allow.</summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="maxJobs">How many of them may share a message if nobody knows how long they take; see <see cref="MessageWriter.Write"/>. With 1 each is alone.</param>
    /// <param name="delay">The messages stay hidden for so long; beyond 7 days, the service's limit, they come early.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="JobQueueUnavailableException">Some or all could not be sent.</exception>
    Task SendAsync(IReadOnlyList<JobEnvelope> jobs, int maxJobs, TimeSpan delay, CancellationToken cancellation);

    /// <summary>Makes sure that the queue exists and answers.</summary>
    /// <exception cref="JobQueueUnavailableException">It does not.</exception>
    Task CheckAsync(CancellationToken cancellation);

    /// <summary>Counts the messages, about: the service promises no more. A queue that does not exist has none.</summary>
    /// <exception cref="JobQueueUnavailableException">They could not be counted.</exception>
    Task<QueueLengths> CountAsync(CancellationToken cancellation);
}
