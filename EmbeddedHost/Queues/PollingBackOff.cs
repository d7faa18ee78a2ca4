namespace EmbeddedHost.Queues;

/// <summary>How long to wait before looking at an idle queue again: doubling from 100 ms to the longest interval, as the stock host.</summary>
internal sealed class PollingBackOff(TimeSpan longest)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    private TimeSpan next = Shortest;

    /// <summary>The next wait.</summary>
    public TimeSpan Next()
    {
        var wait = next < longest ? next : longest;
        next = wait * 2;
        return wait;
    }

    /// <summary>A message came: look again at once.</summary>
    public void Reset() => next = Shortest;
}
