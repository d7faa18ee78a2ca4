namespace Lovage.Processing;

/// <summary>Growing pauses between tries while a server does not answer: 100 ms, doubled, 5 s at most.</summary>
internal sealed class BackOff(TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private TimeSpan next = TimeSpan.FromMilliseconds(100);

    public async Task WaitAsync(CancellationToken cancellation)
    {
        await Task.Delay(next, time, cancellation).ConfigureAwait(false);
        next = next * 2 < Longest ? next * 2 : Longest;
    }
}
