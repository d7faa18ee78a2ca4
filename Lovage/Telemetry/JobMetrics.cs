using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Lovage.Jobs;
using Lovage.Processing;
using Lovage.Queue;
using Lovage.Store;
using Microsoft.Extensions.Options;

namespace Lovage.Telemetry;

/// <summary>
/// Counts and measures jobs. The table of the instruments is in <c>docs/telemetry.md</c>. Its meter is the container's, so that two apps in
/// one process do not count for each other.
/// </summary>
internal sealed class JobMetrics : IDisposable
{
    // Messages take milliseconds, jobs up to hours.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60, 300, 900, 3600],
    };

    private readonly JobRegistry registry;
    private readonly TimeProvider time;
    private readonly string queue;
    private readonly Meter meter;
    private readonly bool ownsMeter;
    private readonly Counter<long> sent;
    private readonly Histogram<double> sendDuration;
    private readonly Counter<long> consumed;
    private readonly Histogram<double> wait;
    private readonly Histogram<double> processDuration;
    private readonly UpDownCounter<long> active;
    private readonly Counter<long> finished;
    private readonly Counter<long> leasesLost;
    private readonly Counter<long> rungAgain;
    private readonly Counter<long> takenBack;

    public JobMetrics(JobRegistry registry, IOptions<LovageOptions> options, TimeProvider time, QueueAge age, IMeterFactory? meters = null)
    {
        (this.registry, this.time, queue) = (registry, time, options.Value.QueueName);
        // A container that was not made by a host may have no factory; a factory disposes of its meters itself.
        ownsMeter = meters is null;
        meter = meters?.Create(LovageTelemetry.Name) ?? new Meter(LovageTelemetry.Name);
        sent = meter.CreateCounter<long>("messaging.client.sent.messages", "{message}", "Jobs that were enqueued.");
        sendDuration = meter.CreateHistogram("messaging.client.operation.duration", "s", "How long a call that enqueues took.", advice: Seconds);
        consumed = meter.CreateCounter<long>("messaging.client.consumed.messages", "{message}", "Runs that were started.");
        wait = meter.CreateHistogram("lovage.job.wait.duration", "s", "How long a job that could begin waited until it did, by the store's clock.", advice: Seconds);
        processDuration = meter.CreateHistogram("messaging.process.duration", "s", "How long a run took.", advice: Seconds);
        active = meter.CreateUpDownCounter<long>("lovage.job.active", "{job}", "Jobs that this process runs now.");
        finished = meter.CreateCounter<long>("lovage.job.finished", "{job}", "Runs that ended, and jobs that expired.");
        leasesLost = meter.CreateCounter<long>("lovage.lease.lost", "{lease}", "Leases of this process that ran out while it lived.");
        rungAgain = meter.CreateCounter<long>("lovage.sweep.rung", "{job}", "Jobs whose lost message this process sent again.");
        takenBack = meter.CreateCounter<long>("lovage.sweep.taken_back", "{job}", "Jobs that this process took back from dead workers.");
        age.ObserveBy(meter, new(Fields.Destination, queue));
    }

    public long Timestamp() => time.GetTimestamp();

    public void Sent(IReadOnlyList<JobEnvelope> jobs, IReadOnlyList<EarlierJob> repeated)
    {
        if (!sent.Enabled)
            return;
        var places = repeated.Count == 0 ? null : repeated.Select(job => job.Position).ToHashSet();
        for (var i = 0; i < jobs.Count; i++)
        {
            if (places?.Contains(i) != true)
                sent.Add(1, OfMessage(Fields.Send, jobs[i].Name));
        }
    }

    public void SendEnded(long began, string? error)
    {
        if (!sendDuration.Enabled)
            return;
        var tags = OfMessage(Fields.Send);
        tags.Add(Fields.OperationType, Fields.Send);
        if (error is not null)
            tags.Add(Fields.ErrorType, error);
        sendDuration.Record(time.GetElapsedTime(began).TotalSeconds, tags);
    }

    /// <returns>True if it counts among the active ones until <see cref="NoLongerActive"/>: a listener that comes later did not hear of it.</returns>
    public bool Started(ClaimedJob claimed)
    {
        var name = claimed.Envelope.Name;
        if (consumed.Enabled)
            consumed.Add(1, OfMessage(Fields.Process, name));
        if (wait.Enabled && claimed.Claim.Waited is { } waited)
            wait.Record(waited.TotalSeconds, OfJob(name));
        if (!active.Enabled)
            return false;
        active.Add(1, OfJob(name));
        return true;
    }

    public void NoLongerActive(ClaimedJob claimed) => active.Add(-1, OfJob(claimed.Envelope.Name));

    public void RunEnded(string name, Settlement settlement, long began)
    {
        if (!processDuration.Enabled)
            return;
        var tags = OfMessage(Fields.Process, name);
        tags.Add(Fields.Outcome, JobOutcome.Of(settlement));
        if (settlement.Error is { } error)
            tags.Add(Fields.ErrorType, error.Type);
        processDuration.Record(time.GetElapsedTime(began).TotalSeconds, tags);
    }

    public void Finished(string name, string outcome)
    {
        if (!finished.Enabled)
            return;
        var tags = OfJob(name);
        tags.Add(Fields.Outcome, outcome);
        finished.Add(1, tags);
    }

    public void LeaseLost() => leasesLost.Add(1);

    public void RungAgain(string name)
    {
        if (rungAgain.Enabled)
            rungAgain.Add(1, OfJob(name));
    }

    public void TakenBack(JobState state)
    {
        if (takenBack.Enabled)
            takenBack.Add(1, new KeyValuePair<string, object?>(Fields.State, JsonNamingPolicy.CamelCase.ConvertName(state.ToString())));
    }

    public void Dispose()
    {
        if (ownsMeter)
            meter.Dispose();
    }

    private TagList OfMessage(string operation, string job)
    {
        var tags = OfMessage(operation);
        tags.Add(Fields.JobName, KnownName(job));
        return tags;
    }

    private TagList OfMessage(string operation) => new() { { Fields.System, Fields.Lovage }, { Fields.OperationName, operation }, { Fields.Destination, queue } };

    private TagList OfJob(string job) => new() { { Fields.JobName, KnownName(job) } };

    private string KnownName(string job) => registry.Find(job)?.Name ?? Fields.OtherJob;
}
