using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;

namespace Lovage.Telemetry;

/// <summary>The age of the queue as the last sweep has seen it: a collection of metrics must not wait for the store.</summary>
internal sealed class QueueAge(IOptions<LovageOptions> options, TimeProvider time)
{
    private ObservableGauge<double>? gauge;
    private Seen? last;

    /// <summary>False if nobody would see it: then it need not be asked for.</summary>
    public bool IsWanted => gauge?.Enabled == true;

    // An age that is no longer looked at is not the age of the queue: then there is none.
    private TimeSpan ValidFor => 5 * options.Value.SweepInterval;

    public void ObserveBy(Meter meter, KeyValuePair<string, object?> queue) => gauge = meter.CreateObservableGauge(
        "lovage.queue.age", () => Current() is { } age ? [new Measurement<double>(age.TotalSeconds, queue)] : Array.Empty<Measurement<double>>(),
        "s", "How long the job that was rung longest ago could have begun, by the store's clock; 0 for an empty queue.");

    public void Set(TimeSpan age) => Volatile.Write(ref last, new(age, time.GetTimestamp()));

    private TimeSpan? Current() => Volatile.Read(ref last) is { } seen && time.GetElapsedTime(seen.At) <= ValidFor ? seen.Age : null;

    private sealed record Seen(TimeSpan Age, long At);
}
