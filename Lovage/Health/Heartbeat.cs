namespace Lovage.Health;

/// <summary>One loop's turns. A turn that fails is one too: what makes it fail may be down, the loop is not stuck.</summary>
internal sealed class Heartbeat(string loop, TimeSpan interval, TimeProvider time)
{
    // A turn asks the store several times, and a store that is slow answers each time within seconds: ten turns' time is not slow any more.
    private const int Turns = 10;

    // A process that was short of processor time for some seconds is not to be restarted for it.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);

    private readonly TimeSpan allowed = interval * Turns > Shortest ? interval * Turns : Shortest;
    private long latest = time.GetTimestamp();

    /// <summary>The loop has come round.</summary>
    public void Beat() => Volatile.Write(ref latest, time.GetTimestamp());

    public LoopProgress Look() => new(loop, time.GetElapsedTime(Volatile.Read(ref latest)), allowed);
}
