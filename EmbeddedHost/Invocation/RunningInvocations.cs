namespace EmbeddedHost.Invocation;

/// <summary>Counts what runs, so that a stop can wait for it, and holds the token that fires when waiting is over.</summary>
internal sealed class RunningInvocations : IDisposable
{
    private readonly Lock sync = new();
    private readonly CancellationTokenSource stopping = new();
    private TaskCompletionSource? idle;
    private int count;

    /// <summary>Fires when the drain is over: every invocation is linked to it.</summary>
    public CancellationToken StopToken => stopping.Token;

    public int Count
    {
        get
        {
            lock (sync)
                return count;
        }
    }

    /// <summary>Counts one more until disposed.</summary>
    public IDisposable Begin()
    {
        lock (sync)
            count++;

        return new Running(this);
    }

    /// <summary>Completes when nothing runs.</summary>
    public Task WhenIdle()
    {
        lock (sync)
        {
            if (count == 0)
                return Task.CompletedTask;

            idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return idle.Task;
        }
    }

    public Task CancelAsync() => stopping.CancelAsync();

    public void Dispose() => stopping.Dispose();

    private void End()
    {
        lock (sync)
        {
            if (--count > 0)
                return;

            idle?.SetResult();
            idle = null;
        }
    }

    private sealed class Running(RunningInvocations owner) : IDisposable
    {
        private int ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref ended, 1) == 0)
                owner.End();
        }
    }
}
