using System.Diagnostics;
using Lovage.Queue;
using Lovage.Store;

namespace Lovage.Telemetry;

/// <summary>One call that enqueues: its span and its measurements. A value, so that it costs nothing when nobody listens.</summary>
internal readonly struct JobSend : IDisposable
{
    private readonly JobMetrics metrics;
    private readonly Activity? activity;
    private readonly long began;

    private JobSend(JobMetrics metrics, Activity? activity, long began) => (this.metrics, this.activity, this.began) = (metrics, activity, began);

    /// <summary>Begins, and makes the new span the parent of the jobs' runs.</summary>
    public static JobSend Begin(JobTraces traces, JobMetrics metrics, JobEnvelope[] jobs)
    {
        var activity = traces.StartSend(jobs);
        for (var i = 0; activity is not null && i < jobs.Length; i++)
            jobs[i] = jobs[i] with { TraceParent = activity.Id };
        return new(metrics, activity, metrics.Timestamp());
    }

    /// <summary>The jobs are recorded.</summary>
    /// <param name="jobs">All of the call.</param>
    /// <param name="repeated">Those of them that were enqueued before.</param>
    public void Recorded(IReadOnlyList<JobEnvelope> jobs, IReadOnlyList<EarlierJob> repeated)
    {
        metrics.Sent(jobs, repeated);
        metrics.SendEnded(began, null);
    }

    public void Failed(Exception exception)
    {
        var error = exception.GetType().FullName!;
        activity?.SetStatus(ActivityStatusCode.Error).SetTag(Fields.ErrorType, error);
        metrics.SendEnded(began, error);
    }

    public void Dispose() => activity?.Dispose();
}
