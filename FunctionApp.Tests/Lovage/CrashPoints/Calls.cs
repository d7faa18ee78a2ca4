namespace FunctionApp.Tests.Lovage.CrashPoints;

/// <summary>All calls of one process to the store and the queue. They are counted, and at one of them something goes wrong.</summary>
internal sealed class Calls(CrashPoint point)
{
    private volatile bool isDead;
    private int count;

    /// <summary>Until it is set nothing is counted, and nothing goes wrong.</summary>
    public bool AreCounted { get; set; }

    public int Count => count;

    public bool HasDied => isDead;

    /// <summary>What it was that went wrong; null if nothing has.</summary>
    public string? Hit { get; private set; }

    public async Task<T> MakeAsync<T>(string what, Func<Task<T>> call, Func<Exception> failure)
    {
        ThrowIfDead();
        var isHit = AreCounted && Interlocked.Increment(ref count) == point.Call;
        if (isHit)
            Hit = what;
        if (isHit && point.Fault is Fault.FailsBefore or Fault.DiesBefore)
            throw GoWrong(failure);
        var answer = await call();
        if (isHit)
            throw GoWrong(failure);
        ThrowIfDead();
        return answer;
    }

    /// <summary>Nothing goes wrong any more: what is left of the process can be cleared away.</summary>
    public void End() => AreCounted = isDead = false;

    private Exception GoWrong(Func<Exception> failure)
    {
        if (!point.Dies)
            return failure();
        isDead = true;
        return new ProcessDiedException();
    }

    // Also when a call has been made: what it has done stands, but nobody goes on from there.
    private void ThrowIfDead()
    {
        if (isDead)
            throw new ProcessDiedException();
    }
}
