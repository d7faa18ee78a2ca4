using System.Collections.Concurrent;
using System.Diagnostics;

namespace FunctionApp.Tests.Lovage.Telemetry;

/// <summary>The engine's spans that have ended. Other tests' are among them: ask by job.</summary>
internal sealed class Spans : IDisposable
{
    private readonly ConcurrentQueue<Activity> ended = new();
    private readonly ActivityListener listener;

    public Spans(params string[] moreSources)
    {
        listener = new()
        {
            ShouldListenTo = source => source.Name == "Lovage" || moreSources.Contains(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>Those of one job, in the order of their ends.</summary>
    public Activity[] Of(object job) => [.. ended.Where(activity => Equals(activity.GetTagItem("messaging.message.id"), job.ToString()))];

    public Activity[] In(ActivityTraceId trace) => [.. ended.Where(activity => activity.TraceId == trace)];

    public void Dispose() => listener.Dispose();
}
