using Lovage.Client;
using Lovage.Jobs;
using Lovage.Store;

namespace FunctionApp.Tests.Guarantees.Soak.Load;

/// <summary>Enqueues jobs of every kind at an even rate, one by one and in packs, and cancels some of them later.</summary>
internal sealed class SteadyLoad
{
    /// <summary>How many jobs a second at most: less while <see cref="MostOpen"/> are open.</summary>
    public const int Rate = 50;

    // What the workers cannot keep up with must not pile up: a backlog would be measured instead of the engine.
    private const int MostOpen = 500;

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    // Of a hundred jobs.
    private static readonly (JobKind Kind, int Share)[] Mix =
    [
        (JobKind.Quick, 58), (JobKind.Slow, 4), (JobKind.Delayed, 10), (JobKind.Large, 4), (JobKind.Stumbling, 10), (JobKind.Failing, 4),
        (JobKind.Rejected, 2), (JobKind.Expiring, 3), (JobKind.Cancelled, 5),
    ];

    private readonly JobClient client;
    private readonly SoakLedger ledger;
    private readonly Random random;
    private readonly PriorityQueue<(JobId Id, SoakJob Job), long> cancellations = new();
    private SoakJob[] creating = [];
    private IReadOnlyList<JobId> created = [];
    private int next;

    public SteadyLoad(SoakCaller caller, SoakLedger ledger, Random random)
    {
        (client, this.ledger, this.random) = (caller.Jobs, ledger, random);
        caller.Connection.Creating = ids =>
        {
            created = ids;
            ledger.MayExist(ids.Zip(creating));
        };
    }

    /// <summary>Beats in which nothing was enqueued because too much was open.</summary>
    public int SkippedBeats { get; private set; }

    public async Task RunAsync(CancellationToken over)
    {
        using var timer = new PeriodicTimer(Beat, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(over))
        {
            await CancelDueAsync(over);
            if (ledger.Open >= MostOpen)
            {
                SkippedBeats++;
                continue;
            }
            var jobs = Enumerable.Range(0, (int)(Rate * Beat.TotalSeconds)).Select(_ => new SoakJob(Draw(), next++, random)).ToArray();
            foreach (var together in random.Next(2) == 0 ? [jobs] : jobs.Chunk(1))
                await EnqueueAsync(together);
        }
    }

    private JobKind Draw()
    {
        var drawn = random.Next(100);
        foreach (var (kind, share) in Mix)
        {
            if ((drawn -= share) < 0)
                return kind;
        }
        throw new InvalidOperationException("The shares of the mix make no hundred.");
    }

    private async Task EnqueueAsync(SoakJob[] jobs)
    {
        creating = jobs;
        try
        {
            var ids = await client.EnqueueAsync([.. jobs.Select(job => job.Request)]);
            ledger.Accept(ids);
            foreach (var (id, job) in ids.Zip(jobs).Where(pair => pair.Second.Kind is JobKind.Cancelled))
                cancellations.Enqueue((id, job), TimeProvider.System.GetTimestamp() + random.NextInt64(3 * TimeProvider.System.TimestampFrequency));
        }
        catch (JobStoreUnavailableException)
        {
            // They may exist: enqueueing them again would make them two.
            ledger.Doubt(created);
        }
    }

    private async Task CancelDueAsync(CancellationToken over)
    {
        while (cancellations.TryPeek(out var due, out var at) && at <= TimeProvider.System.GetTimestamp())
        {
            cancellations.Dequeue();
            due.Job.CancelAsked = true;
            due.Job.IsCancelled = await CancelAsync(due.Id, over) is JobState.Cancelled;
        }
    }

    private async Task<JobState> CancelAsync(JobId id, CancellationToken over)
    {
        while (true)
        {
            over.ThrowIfCancellationRequested();
            try
            {
                return await client.CancelAsync(id, over)
                    ?? throw new InvalidOperationException($"Job {id} was accepted, and is not there to be cancelled: lost.");
            }
            catch (JobStoreUnavailableException)
            {
                // Asking again is harmless.
            }
        }
    }
}
