namespace FunctionApp.Tests.Lovage.CrashPoints;

/// <summary>A clock on which the engine's pauses are over at once and its limits are never met. What it shows is set by the test.</summary>
internal sealed class ImpatientTime : TimeProvider
{
    // Of the longest pause before a call is tried again.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private long ticks = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero).Ticks;

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref ticks), TimeSpan.Zero);

    public void Pass(TimeSpan span) => Interlocked.Add(ref ticks, span.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime >= TimeSpan.Zero && dueTime <= LongestPause ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
