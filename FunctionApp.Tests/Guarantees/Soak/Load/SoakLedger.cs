using System.Collections.Concurrent;
using System.Text;
using Lovage.Client;
using Lovage.Jobs;
using Lovage.Store;

namespace FunctionApp.Tests.Guarantees.Soak.Load;

/// <summary>Every job that was accepted, or may have been, until its record is about to be trimmed. What must not happen ends the soak at once.</summary>
internal sealed class SoakLedger(JobClient client)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    // An ambiguous call is over by then, and what is not in the store will never be.
    private static readonly TimeSpan InDoubtFor = TimeSpan.FromSeconds(30);

    // Far more than lost messages, dead workers and retries take together.
    private static readonly TimeSpan LongestOpen = TimeSpan.FromMinutes(3);

    // An end is read again when most of its retention is over.
    private static readonly TimeSpan ReadAgainAfter = SoakSettings.Keep * 0.6;

    private readonly ConcurrentDictionary<JobId, Entry> open = new();
    private readonly Queue<(JobRecord Record, string Text)> ended = new();

    public int Open => open.Count;

    public SoakFigures Figures { get; } = new();

    public void MayExist(IEnumerable<(JobId Id, SoakJob Job)> jobs)
    {
        foreach (var (id, job) in jobs)
            open[id] = new(job, TimeProvider.System.GetTimestamp());
    }

    // One that has ended already is no longer open.
    public void Accept(IEnumerable<JobId> ids)
    {
        foreach (var id in ids)
        {
            if (open.TryGetValue(id, out var entry))
                entry.IsKnown = true;
        }
    }

    /// <summary>The caller was told of a failure: these may have been recorded, or not.</summary>
    public void Doubt(IEnumerable<JobId> ids)
    {
        foreach (var id in ids)
        {
            if (open.TryGetValue(id, out var entry))
                entry.IsInDoubt = true;
            else
                Figures.AddDoubt(exists: true);
        }
    }

    /// <summary>Reads until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken over)
    {
        while (true)
        {
            await ReadAsync();
            await Task.Delay(Pause, TimeProvider.System, over);
        }
    }

    /// <summary>Reads until everything has ended, and once more what ended last.</summary>
    public async Task CloseAsync(TimeSpan longest)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (Open > 0)
        {
            await ReadAsync();
            if (TimeProvider.System.GetElapsedTime(began) > longest)
                Assert.Fail($"{Open} jobs have not ended within {longest}, among them {open.Keys.First()}.");
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
        await ReadAgainAsync(TimeSpan.Zero);
    }

    private async Task ReadAsync()
    {
        try
        {
            // Whether a job must be there is asked before it is read: it may be recorded in between.
            foreach (var some in open.ToArray().Select(pair => (pair.Key, pair.Value, pair.Value.IsKnown)).Chunk(100))
            {
                var records = await Task.WhenAll(some.Select(job => client.GetAsync(job.Key)));
                foreach (var ((id, entry, isKnown), record) in some.Zip(records))
                    Look(id, entry, isKnown, record);
            }
            await ReadAgainAsync(ReadAgainAfter);
        }
        catch (JobStoreUnavailableException)
        {
            // A machine at its limit: the next round reads all of them again.
            Figures.AddUnanswered();
        }
    }

    private void Look(JobId id, Entry entry, bool isKnown, JobRecord? record)
    {
        if (record is null)
        {
            if (isKnown)
                Assert.Fail($"Job {id} ({entry.Job.Kind}) was accepted and is not in the store, {Age(entry)} after it was enqueued: lost.");
            if (Age(entry) > InDoubtFor && open.TryRemove(id, out _))
                Figures.AddDoubt(exists: false);
            return;
        }
        entry.IsKnown = true;
        if (!record.State.IsFinal())
        {
            if (Age(entry) > LongestOpen)
                Assert.Fail($"{Describe(record)} ({entry.Job.Kind}) has not ended {Age(entry)} after it was enqueued.");
            return;
        }
        if (entry.Job.Fault(record) is { } fault)
            Assert.Fail($"{Describe(record)} ({entry.Job.Kind}): {fault}");
        open.TryRemove(id, out _);
        ended.Enqueue((record, Describe(record)));
        if (entry.IsInDoubt)
            Figures.AddDoubt(exists: true);
        Figures.AddEnd(entry.Job.Kind, record);
    }

    // An end is the last word, and is there to be read until its retention is over.
    private async Task ReadAgainAsync(TimeSpan age)
    {
        while (ended.TryPeek(out var first) && TimeProvider.System.GetUtcNow() - first.Record.FinishedAt >= age)
        {
            var record = await client.GetAsync(first.Record.Id);
            ended.Dequeue();
            if (record is not null)
                Assert.Equal(first.Text, Describe(record));
            else if (TimeProvider.System.GetUtcNow() - first.Record.FinishedAt < SoakSettings.Keep)
                Assert.Fail($"{first.Text} was forgotten before its time.");
            Figures.AddReadAgain(record is not null);
        }
    }

    private static TimeSpan Age(Entry entry) => TimeProvider.System.GetElapsedTime(entry.Enqueued);

    private static string Describe(JobRecord record)
    {
        var result = record.Result is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : "";
        return $"Job {record.Id}: {record.State} attempt {record.Attempt} enqueued {record.EnqueuedAt:O} started {record.StartedAt:O}"
            + $" finished {record.FinishedAt:O}: {result} {record.Reason} {record.Error} {record.History.Count} failed attempts";
    }

    private sealed class Entry(SoakJob job, long enqueued)
    {
        public SoakJob Job => job;

        public long Enqueued => enqueued;

        /// <summary>It was accepted, or seen: it must be there.</summary>
        public bool IsKnown { get; set; }

        public bool IsInDoubt { get; set; }
    }
}
