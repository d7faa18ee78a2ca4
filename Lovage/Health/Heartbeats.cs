using System.Collections.Concurrent;

namespace Lovage.Health;

/// <summary>The background loops of this process. Each tells of its turns; who asks for them does the reckoning, so that nothing else has to run for it.</summary>
internal sealed class Heartbeats(TimeProvider time)
{
    private readonly ConcurrentQueue<Heartbeat> loops = [];

    /// <summary>A loop begins.</summary>
    /// <param name="loop">Its name, as operators read it.</param>
    /// <param name="interval">How often it comes round at most.</param>
    public Heartbeat Begin(string loop, TimeSpan interval)
    {
        var heartbeat = new Heartbeat(loop, interval, time);
        loops.Enqueue(heartbeat);
        return heartbeat;
    }

    public IReadOnlyList<LoopProgress> Look() => [.. loops.Select(loop => loop.Look()).OrderBy(loop => loop.Loop, StringComparer.Ordinal)];
}
