using System.Text;
using System.Text.Json;
using Lovage.Client;
using Lovage.Jobs;
using Lovage.Store;

namespace FunctionApp.Tests.Guarantees;

/// <summary>Every job that was accepted, and its end as it was first seen. What must not happen fails the test at once.</summary>
internal sealed class Ledger(JobClient client)
{
    private readonly Dictionary<JobId, int> open = [];
    private readonly Dictionary<JobId, string> ended = [];
    private int next;

    public int Accepted => open.Count + ended.Count;

    public int Open => open.Count;

    public int Ended => ended.Count;

    /// <summary>Enqueues numbered jobs that take up to a tenth of a second each.</summary>
    public async Task EnqueueAsync(int count, Random random)
    {
        var numbers = Enumerable.Range(next, count).ToArray();
        next += count;
        var ids = await client.EnqueueAsync([.. numbers.Select(number =>
            JobRequest.Of("guarantee.echo", JsonSerializer.SerializeToElement(new { number, milliseconds = random.Next(100) })))]);
        foreach (var (id, number) in ids.Zip(numbers))
            open.Add(id, number);
    }

    /// <summary>Reads what has not ended yet. Each job that ends must have ended with its own result.</summary>
    public async Task ReadOpenAsync()
    {
        foreach (var record in await ReadAsync(open.Keys))
        {
            if (record.State is JobState.Scheduled or JobState.Queued or JobState.Running)
                continue;
            Assert.Equal((JobState.Succeeded, $"{open[record.Id]}", record.Id), (record.State, Result(record), record.Id));
            open.Remove(record.Id);
            ended.Add(record.Id, Describe(record));
        }
    }

    /// <summary>Reads again what has ended: an end is the last word.</summary>
    public async Task EndsStandAsync()
    {
        foreach (var record in await ReadAsync(ended.Keys))
            Assert.Equal(ended[record.Id], Describe(record));
    }

    private async Task<JobRecord[]> ReadAsync(IReadOnlyCollection<JobId> ids) => await Task.WhenAll(ids.Select(async id =>
        await client.GetAsync(id) ?? throw new InvalidOperationException($"Job {id} was accepted and is not in the store: lost.")));

    private static string Result(JobRecord record) => record.Result is { } result ? Encoding.UTF8.GetString(result.Span) : "";

    private static string Describe(JobRecord record) =>
        $"{record.Id} {record.State} attempt {record.Attempt} at {record.FinishedAt:O}: {Result(record)}{record.Reason}{record.Error}";
}
