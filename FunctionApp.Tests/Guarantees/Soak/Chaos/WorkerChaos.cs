using FunctionApp.Tests.FunctionApp.CommandLine;

namespace FunctionApp.Tests.Guarantees.Soak.Chaos;

/// <summary>Kills, stops and pauses workers by chance, and starts them again. The first is only ever paused: its memory tells about a long life.</summary>
internal sealed class WorkerChaos : IAsyncDisposable
{
    // Dealt out shuffled, again and again, after one of each.
    private static readonly WorkerEvent[] Deck = [WorkerEvent.Kill, WorkerEvent.Kill, WorkerEvent.Kill, WorkerEvent.Stop, WorkerEvent.Pause, WorkerEvent.Pause];

    private readonly Dictionary<WorkerEvent, int> events = Enum.GetValues<WorkerEvent>().ToDictionary(e => e, _ => 0);
    private readonly Queue<WorkerEvent> dealt = new([WorkerEvent.Kill, WorkerEvent.Pause, WorkerEvent.Stop]);
    private readonly SoakWorker[] workers;
    private readonly SoakSettings soak;
    private readonly Random random;

    public WorkerChaos(SoakSettings soak, AppSettings settings, string faultFolder, Random random)
    {
        (this.soak, this.random) = (soak, random);
        workers = [.. Enumerable.Range(1, SoakSettings.Workers).Select(i => new SoakWorker($"worker {i}", settings, faultFolder, random, Log))];
    }

    public WorkerLog Log { get; } = new();

    public IReadOnlyDictionary<WorkerEvent, int> Events => events;

    /// <summary>The processes that run now.</summary>
    public IReadOnlyList<(string Name, int Pid, string HeapFile)> Living => [.. workers.Select(worker => worker.Current).OfType<(string, int, string)>()];

    public Task StartAsync() => Task.WhenAll(workers.Select(worker => worker.StartAsync()));

    public async Task RunAsync(CancellationToken over)
    {
        while (true)
        {
            await DelayAsync(soak.BetweenEvents * (0.5 + random.NextDouble()), over);
            await HappenAsync(Deal(), over);
        }
    }

    public void MustLive()
    {
        foreach (var worker in workers)
            worker.MustLive();
    }

    public Task StopAsync() => Task.WhenAll(workers.Select(worker => worker.StopAsync()));

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in workers)
            await worker.DisposeAsync();
    }

    private async Task HappenAsync(WorkerEvent next, CancellationToken over)
    {
        events[next]++;
        var worker = workers[random.Next(next is WorkerEvent.Pause ? 0 : 1, workers.Length)];
        if (next is WorkerEvent.Pause)
        {
            await worker.PauseAsync(soak.Lease * (1.1 + random.NextDouble()), over);
            return;
        }
        await (next is WorkerEvent.Kill ? worker.KillAsync() : worker.StopAsync());
        try
        {
            await DelayAsync(TimeSpan.FromSeconds(3 * random.NextDouble()), over);
        }
        finally
        {
            await worker.StartAsync();
        }
    }

    private WorkerEvent Deal()
    {
        if (dealt.Count == 0)
        {
            var shuffled = Deck.ToArray();
            random.Shuffle(shuffled);
            foreach (var next in shuffled)
                dealt.Enqueue(next);
        }
        return dealt.Dequeue();
    }

    private static Task DelayAsync(TimeSpan span, CancellationToken over) => Task.Delay(span, TimeProvider.System, over);
}
