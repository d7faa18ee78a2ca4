namespace Benchmarks.Measuring;

/// <summary>Looks several times a second what a process has in memory, until it is asked what it saw.</summary>
internal sealed class MemoryWatch : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource stop = new();
    private readonly List<long> seen = [];
    private readonly Task watching;

    public MemoryWatch(int pid, TimeProvider clock) => watching = WatchAsync(pid, clock);

    /// <summary>Ends the watch.</summary>
    /// <returns>What was seen, in order; at least one.</returns>
    public async Task<MemoryCourse> EndAsync()
    {
        await stop.CancelAsync();
        await watching;
        return new(seen);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        stop.Dispose();
    }

    private async Task WatchAsync(int pid, TimeProvider clock)
    {
        do
        {
            seen.Add(ResidentMemory.Of(pid));
            await Task.Delay(Pause, clock, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!stop.IsCancellationRequested);
    }
}
