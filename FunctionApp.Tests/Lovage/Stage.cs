using System.Collections.Concurrent;
using System.Threading.Channels;
using Lovage.Jobs;

namespace FunctionApp.Tests.Lovage;

/// <summary>Where jobs say that they have started and go on when the test lets one.</summary>
internal sealed class Stage
{
    private readonly Channel<JobContext> started = Channel.CreateUnbounded<JobContext>();
    private readonly SemaphoreSlim releases = new(0);

    /// <summary>How often each job's body was begun.</summary>
    public ConcurrentDictionary<JobId, int> Runs { get; } = new();

    public bool HasStarted => started.Reader.TryPeek(out _);

    /// <summary>The next job that has started.</summary>
    public Task<JobContext> StartedAsync() => started.Reader.ReadAsync().AsTask().WaitAsync(Limits.Signal);

    public void Release(int count = 1) => releases.Release(count);

    public void Enter(JobContext job)
    {
        Runs.AddOrUpdate(job.Id, 1, (_, runs) => runs + 1);
        started.Writer.TryWrite(job);
    }

    public Task ReleasedAsync(CancellationToken cancellation = default) => releases.WaitAsync(cancellation);

    public void BlockUntilReleased() => releases.Wait();
}

internal sealed class StageJobs(Stage stage)
{
    [Job("stage.count")]
    public void Count(JobContext job) => stage.Enter(job);

    [Job("stage.wait")]
    public async Task WaitAsync(JobContext job)
    {
        stage.Enter(job);
        await stage.ReleasedAsync(job.Cancellation);
    }

    [Job("stage.deaf")]
    public async Task DeafAsync(JobContext job)
    {
        stage.Enter(job);
        await stage.ReleasedAsync();
    }

    [Job("stage.throw")]
    public async Task ThrowAsync(JobContext job)
    {
        await DeafAsync(job);
        throw new InvalidOperationException("on purpose");
    }

    [Job("stage.wait-at-most-10-s", TimeLimitSeconds = 10)]
    public Task WaitAtMostAsync(JobContext job) => WaitAsync(job);

    [Job("stage.block-at-most-20-s", HardTimeLimitSeconds = 20)]
    public void BlockAtMost(JobContext job)
    {
        stage.Enter(job);
        stage.BlockUntilReleased();
    }

    [Job("stage.block-with-callback", HardTimeLimitSeconds = 20)]
    public void BlockWithCallback(JobContext job)
    {
        job.Cancellation.Register(() => throw new InvalidOperationException("a callback that throws"));
        BlockAtMost(job);
    }
}
