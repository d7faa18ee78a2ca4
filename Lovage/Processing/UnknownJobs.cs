using Lovage.Jobs;
using Lovage.Queue;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lovage.Processing;

/// <summary>
/// While versions change, old workers get jobs that only new ones know. They hand them back, unclaimed, for as long as a new worker may be about to
/// come; then the job fails as unknown.
/// </summary>
internal sealed partial class UnknownJobs(JobRegistry registry, IOptions<LovageOptions> options, TimeProvider time, ILogger<UnknownJobs> logger)
{
    // Long enough to cost little, short enough that a new worker gets the job soon.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    /// <summary>Begins a message: its jobs wait to be claimed, those to be handed back are sent later.</summary>
    public MessageVisit Sort(IReadOnlyList<JobEnvelope> jobs)
    {
        var visit = new MessageVisit();
        foreach (var job in jobs)
        {
            if (registry.Find(job.Name) is not null)
                visit.Waiting.Enqueue(job.UnknownSince is null ? job : job with { UnknownSince = null });
            else if (HandBack(job) is { } handBack)
                visit.Later.Add(handBack);
            else
                visit.Waiting.Enqueue(job);
        }
        return visit;
    }

    private (JobEnvelope Job, TimeSpan Delay)? HandBack(JobEnvelope job)
    {
        var now = time.GetUtcNow();
        // A time to come is another worker's fast clock, or nonsense: believed, it could keep a job for ever.
        var marked = job with { UnknownSince = job.UnknownSince <= now ? job.UnknownSince : now };
        var left = options.Value.KeepUnknownJobs - (now - marked.UnknownSince!.Value);
        // What is recorded nowhere yet must fit into its message whole: there is no store to leave its arguments in.
        if (left <= TimeSpan.Zero || (job.Epoch is null && !MessageWriter.Fits(marked)))
            return null;
        LogHandedBack(job.Id, job.Name, left);
        return (marked, left < Pause ? left : Pause);
    }

    [LoggerMessage(EventIds.UnknownJobHandedBack, LogLevel.Information, "Job {Id} ({Name}) is not known here; it goes back to the queue for a newer worker, for {Left} more")]
    private partial void LogHandedBack(JobId id, string name, TimeSpan left);
}
