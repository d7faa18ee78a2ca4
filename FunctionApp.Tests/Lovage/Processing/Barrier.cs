using System.Threading.Channels;
using Lovage.Jobs;

namespace FunctionApp.Tests.Lovage.Processing;

/// <summary>Holds jobs until the test lets them go, and counts them.</summary>
internal sealed class Barrier
{
    private readonly Channel<JobId> started = Channel.CreateUnbounded<JobId>();
    private readonly SemaphoreSlim releases = new(0);
    private readonly Lock gate = new();

    public int Running { get; private set; }

    public int MostRunning { get; private set; }

    public bool HasStarted => started.Reader.TryPeek(out _);

    /// <summary>The next one that begins.</summary>
    public Task<JobId> StartedAsync() => started.Reader.ReadAsync().AsTask().WaitAsync(Limits.Signal);

    public void Release(int count = 1) => releases.Release(count);

    public async Task WaitAsync(JobContext job, CancellationToken cancellation)
    {
        lock (gate)
        {
            Running++;
            MostRunning = Math.Max(Running, MostRunning);
        }
        started.Writer.TryWrite(job.Id);
        try
        {
            await releases.WaitAsync(cancellation);
        }
        finally
        {
            lock (gate)
                Running--;
        }
    }
}
