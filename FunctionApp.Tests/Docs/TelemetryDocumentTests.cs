using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using FunctionApp.Tests.Lovage;
using FunctionApp.Tests.Lovage.Telemetry;
using Lovage.Client;
using Lovage.Jobs;
using Lovage.Processing;
using Lovage.Queue;
using Lovage.Store;
using Lovage.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Tests.Docs;

/// <summary>The tables of docs/telemetry.md and the code say the same, both ways.</summary>
public sealed partial class TelemetryDocumentTests(RealServers servers)
{
    [Fact]
    public async Task Metrics_TableAndInstruments_AreTheSame()
    {
        await using var engine = NewEngine();
        using var measured = new Measurements(engine.Get<IMeterFactory>());
        UseEverything(engine.Get<JobMetrics>());
        engine.Get<QueueAge>().Set(TimeSpan.FromSeconds(1));
        measured.Observe();

        Assert.Equal(
            Rows(5).Order(),
            measured.Instruments.Select(instrument =>
                $"{instrument.Name} {instrument.GetType().Name.Split('`')[0]} {instrument.Unit} {Sorted(measured.Of(instrument.Name).SelectMany(m => m.Tags.Keys))}").Order());
    }

    [Fact]
    public async Task Spans_TableAndActivities_AreTheSame()
    {
        using var spans = new Spans();
        await using var engine = NewEngine();
        using var caller = new Activity("caller").Start();
        var request = JobRequest.Of("telemetry.rejects", JsonSerializer.SerializeToElement(new { }));
        await engine.Client.EnqueueAsync([request, request], TestContext.Current.CancellationToken);
        await engine.RunAsync("telemetry.rejects");
        await engine.ProcessNextAsync();
        var jobs = new JobEnvelope[] { Job() };
        using (var send = JobSend.Begin(engine.Get<JobTraces>(), engine.Get<JobMetrics>(), jobs))
            send.Failed(new IOException());

        Assert.Equal(
            Rows(4).Order(),
            spans.In(caller.TraceId).GroupBy(span => (Name: span.DisplayName.Split(' ')[0], span.Kind))
                .Select(group => $"{group.Key.Name} {{job}} {group.Key.Kind} {Sorted(group.SelectMany(span => span.TagObjects).Select(tag => tag.Key))}").Order());
    }

    private static void UseEverything(JobMetrics metrics)
    {
        var job = Job();
        var claimed = new ClaimedJob(
            job, new(job.Id, job.Name, job.Claim, WorkerId.New(), 1, null) { Waited = TimeSpan.Zero }, CancellationToken.None, CancellationToken.None);
        metrics.Sent([job], []);
        metrics.SendEnded(metrics.Timestamp(), "an error");
        metrics.Started(claimed);
        metrics.RunEnded(job.Name, Settlement.Failed(FailureReason.Rejected, new IOException()), metrics.Timestamp());
        metrics.NoLongerActive(claimed);
        metrics.Finished(job.Name, JobOutcome.Failed);
        metrics.LeaseLost();
        metrics.RungAgain(job.Name);
        metrics.TakenBack(JobState.Queued);
    }

    private static JobEnvelope Job() => new() { Id = JobId.New(TimeProvider.System), Name = "telemetry.fine", Arguments = null };

    private Engine NewEngine() => new(servers.RedisConnectionString, add: services => services.AddMetrics(), jobs: typeof(TelemetryJobs));

    // The rows of the table with so many columns: all but the last one, the attributes sorted.
    private static IEnumerable<string> Rows(int columns) =>
        from line in Repository.Read("docs/telemetry.md").Split('\n')
        where line.StartsWith("| `", StringComparison.Ordinal)
        let cells = line.Split('|')[1..^1].Select(cell => cell.Trim()).ToArray()
        where cells.Length == columns
        let names = Name().Matches(cells[^2]).Select(match => match.Groups[1].Value)
        select $"{string.Join(' ', cells[..^2]).Replace("`", "", StringComparison.Ordinal)} {Sorted(names)}";

    private static string Sorted(IEnumerable<string> names) => string.Join(", ", names.Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
