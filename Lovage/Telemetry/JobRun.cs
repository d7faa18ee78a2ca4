using System.Diagnostics;
using Lovage.Jobs;
using Lovage.Processing;
using Lovage.Store;

namespace Lovage.Telemetry;

/// <summary>One run of a job: its span and its measurements. A value, so that it costs nothing when nobody listens.</summary>
internal readonly struct JobRun : IDisposable
{
    private readonly JobMetrics metrics;
    private readonly Activity? activity;
    private readonly ClaimedJob claimed;
    private readonly long began;
    private readonly bool counted;

    private JobRun(JobMetrics metrics, Activity? activity, ClaimedJob claimed)
    {
        (this.metrics, this.activity, this.claimed) = (metrics, activity, claimed);
        began = metrics.Timestamp();
        counted = metrics.Started(claimed);
    }

    public static JobRun Begin(JobTraces traces, JobMetrics metrics, ClaimedJob claimed) => new(metrics, traces.StartProcess(claimed), claimed);

    /// <summary>Notes how it ended.</summary>
    /// <returns>The same; a retry of a trace of its own is told to stay in it.</returns>
    public Settlement Ended(Settlement settlement)
    {
        metrics.RunEnded(claimed.Envelope.Name, settlement, began);
        if (activity is null)
            return settlement;
        activity.SetTag(Fields.Outcome, JobOutcome.Of(settlement));
        if (settlement.Error is { } error)
            activity.SetStatus(ActivityStatusCode.Error).SetTag(Fields.ErrorType, error.Type);
        var retried = settlement.Event is JobEvent.Retry or JobEvent.RetryAtOnce;
        return retried && JobTraces.IsOfItsOwn(claimed) ? settlement with { TraceParent = activity.Id } : settlement;
    }

    public void Dispose()
    {
        if (counted)
            metrics.NoLongerActive(claimed);
        activity?.Dispose();
    }
}
