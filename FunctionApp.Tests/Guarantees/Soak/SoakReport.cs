using System.Globalization;
using System.Text;
using FunctionApp.Tests.Guarantees.Soak.Chaos;
using FunctionApp.Tests.Guarantees.Soak.Faults;
using FunctionApp.Tests.Guarantees.Soak.Load;
using FunctionApp.Tests.Guarantees.Soak.Memory;
using Lovage.Jobs;

namespace FunctionApp.Tests.Guarantees.Soak;

/// <summary>The figures of a soak as Markdown: what docs/soak.md shows of the last one.</summary>
internal sealed class SoakReport(
    SoakSettings soak, SoakFigures figures, SteadyLoad load, WorkerChaos workers, MemoryWatch memory, Func<FaultCounts> faults)
{
    private readonly StringBuilder text = new();

    /// <param name="failure">What stands before the figures of a soak that has failed.</param>
    public void Write(string failure = "")
    {
        if (failure.Length > 0)
            Line($"{failure}\n");
        Summary();
        Jobs();
        Faults();
        Line("| what workers did about it, as far as they lived to tell | |");
        Line("|---|---:|");
        foreach (var (meaning, count) in workers.Log.Counts)
            Line($"| {meaning} | {count:N0} |");
        Line();
        new MemoryTables(memory).Write(text);

        var folder = Path.Combine(Repository.Root, "artifacts", "soak");
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, soak.IsWhole ? "report.md" : "report-short.md");
        File.WriteAllText(file, $"{text}");
        TestContext.Current.TestOutputHelper!.WriteLine($"{SoakSettings.SeedVariable}={soak.Seed}. The report is in {file}:\n\n{text}");
    }

    private void Summary()
    {
        var happened = workers.Events;
        Line($"{Length(soak.Length)} of load, seed {soak.Seed}.");
        Line();
        Line("| | |");
        Line("|---|---:|");
        Line($"| jobs that ended | {figures.Ended:N0} |");
        Line($"| of these a second of load | {figures.Ended / soak.Length.TotalSeconds:0.0} |");
        Line($"| ends that were read again, and stood | {figures.ReadAgain.Read:N0} |");
        Line($"| ends whose retention was over before that | {figures.ReadAgain.TooLate:N0} |");
        Line($"| enqueueing failed for the caller: recorded all the same, and ended like the others | {figures.Doubts.Exist:N0} |");
        Line($"| enqueueing failed for the caller: not recorded, and never came | {figures.Doubts.DoNot:N0} |");
        Line($"| workers killed | {happened[WorkerEvent.Kill]:N0} |");
        Line($"| workers asked to stop | {happened[WorkerEvent.Stop]:N0} |");
        Line($"| workers paused | {happened[WorkerEvent.Pause]:N0} |");
        Line($"| tenths of a second without load, because too much was open | {load.SkippedBeats:N0} |");
        Line($"| rounds of reading that the store did not answer | {figures.Unanswered:N0} |");
        Line();
    }

    private void Jobs()
    {
        Line("| kind of job | succeeded | failed | cancelled | expired | p50, s | p95, s | p99, s | longest, s |");
        Line("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var kind in Enum.GetValues<JobKind>())
        {
            string Ended(JobState state) => $"{figures.Ends.GetValueOrDefault((kind, state)):N0}";
            string Seconds(double share) => figures.SecondsOf(kind, share).ToString("0.00", CultureInfo.InvariantCulture);
            Line($"| {kind.ToString().ToLowerInvariant()} | {Ended(JobState.Succeeded)} | {Ended(JobState.Failed)}"
                + $" | {Ended(JobState.Cancelled)} | {Ended(JobState.Expired)} | {Seconds(0.5)} | {Seconds(0.95)} | {Seconds(0.99)} | {Seconds(1)} |");
        }
        Line();
    }

    private void Faults()
    {
        var counts = faults();
        Line("| calls | made | failed before | answer lost |");
        Line("|---|---:|---:|---:|");
        foreach (var (site, name) in new[]
        {
            (FaultSite.Store, "scripts of the store, by workers and caller"),
            (FaultSite.Send, "sends to the queue, by workers and caller"),
            (FaultSite.Call, "HTTP calls of workers for messages"),
        })
            Line($"| {name} | {counts.CallsOf(site):N0} | {counts.Of(site, Fault.NotMade):N0} | {counts.Of(site, Fault.AnswerLost):N0} |");
        Line();
    }

    private void Line(string line = "") => text.Append(line).Append('\n');

    private static string Length(TimeSpan length) =>
        length < TimeSpan.FromMinutes(1) ? $"{length.TotalSeconds:0} seconds" : $"{length.TotalMinutes:0.#} minutes";
}
