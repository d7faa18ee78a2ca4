using System.Diagnostics;
using Lovage.Jobs;
using Lovage.Processing;
using Lovage.Queue;
using Microsoft.Extensions.Options;

namespace Lovage.Telemetry;

/// <summary>Starts the spans of a job's way: one for each call that enqueues, one for each run. They hold no arguments, results, headers or error messages.</summary>
internal sealed class JobTraces(JobRegistry registry, IOptions<LovageOptions> options)
{
    // Up to here a trace waits for its job. Beyond, backends have closed it, and nobody looks at one that is open for hours.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private static readonly ActivitySource Source = new(LovageTelemetry.Name);

    private readonly string queue = options.Value.QueueName;

    /// <summary>Null if nobody listens.</summary>
    public Activity? StartSend(IReadOnlyList<JobEnvelope> jobs)
    {
        if (!Source.HasListeners())
            return null;
        var name = jobs.All(job => job.Name == jobs[0].Name) ? jobs[0].Name : null;
        var activity = Source.StartActivity($"{Fields.Send} {name ?? queue}", ActivityKind.Producer);
        Describe(activity, Fields.Send, name);
        return jobs.Count == 1
            ? activity?.SetTag(Fields.MessageId, jobs[0].Id.ToString())
            : activity?.SetTag(Fields.BatchCount, jobs.Count);
    }

    /// <summary>Null if nobody listens. A child of the span that enqueued the job, or a trace of its own with a link to it; see <see cref="IsOfItsOwn"/>.</summary>
    public Activity? StartProcess(ClaimedJob claimed)
    {
        if (!Source.HasListeners())
            return null;
        var (envelope, claim) = (claimed.Envelope, claimed.Claim);
        var name = registry.Find(envelope.Name)?.Name ?? Fields.OtherJob;
        var activity = Start($"{Fields.Process} {name}", envelope.TraceParent, IsOfItsOwn(claimed));
        Describe(activity, Fields.Process, name);
        return activity?.SetTag(Fields.MessageId, envelope.Id.ToString()).SetTag(Fields.Attempt, claim.Attempt);
    }

    /// <summary>
    /// True for a first attempt that could begin no sooner than a minute after the job was enqueued: it was delayed, replayed or given back. A job that
    /// only waited for a free worker is not one; nor is a retry, which belongs to the trace of the first attempt.
    /// </summary>
    public static bool IsOfItsOwn(ClaimedJob claimed) => claimed.Claim.Attempt == 1 && claimed.Claim.Delay > LongestWait;

    private static Activity? Start(string name, string? traceParent, bool ofItsOwn)
    {
        if (!ActivityContext.TryParse(traceParent, null, isRemote: true, out var enqueuer))
            return Source.StartActivity(name, ActivityKind.Consumer);
        if (!ofItsOwn)
            return Source.StartActivity(name, ActivityKind.Consumer, enqueuer);
        // Without it the span would be a child of what is current.
        var current = Activity.Current;
        Activity.Current = null;
        var activity = Source.StartActivity(name, ActivityKind.Consumer, parentContext: default, links: [new(enqueuer)]);
        if (activity is null)
            Activity.Current = current;
        return activity;
    }

    private void Describe(Activity? activity, string operation, string? job)
    {
        activity?.SetTag(Fields.System, Fields.Lovage)
            .SetTag(Fields.OperationName, operation)
            .SetTag(Fields.OperationType, operation)
            .SetTag(Fields.Destination, queue);
        if (job is not null)
            activity?.SetTag(Fields.JobName, job);
    }
}
