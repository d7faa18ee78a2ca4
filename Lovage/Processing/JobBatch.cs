using System.Collections.Concurrent;
using Lovage.Store;

namespace Lovage.Processing;

/// <summary>Jobs that were claimed together, and the slots that were taken for them: each slot runs one job after the other until none is left.</summary>
internal sealed class JobBatch
{
    private readonly ConcurrentQueue<ClaimedJob> waiting;
    private readonly JobRunner runner;
    private readonly JobSettler settler;
    private readonly JobGate gate;
    private readonly CancellationToken shutdown;

    /// <summary>Begins to run them.</summary>
    /// <param name="jobs">At least as many as there are slots.</param>
    /// <param name="slots">How many slots it holds. They are free again as soon as bodies have ended, before they are settled.</param>
    /// <param name="runner">Runs one.</param>
    /// <param name="settler">Settles one.</param>
    /// <param name="gate">Whose slots they are.</param>
    /// <param name="shutdown">Bodies are cancelled with it.</param>
    public JobBatch(IReadOnlyCollection<ClaimedJob> jobs, int slots, JobRunner runner, JobSettler settler, JobGate gate, CancellationToken shutdown)
    {
        (waiting, this.runner, this.settler, this.gate, this.shutdown) = (new(jobs), runner, settler, gate, shutdown);
        // Each on a thread of its own: a body may block.
        Ended = Task.WhenAll(Enumerable.Range(0, slots).Select(_ => Task.Run(RunAsync, CancellationToken.None)));
    }

    /// <summary>Completes when all have ended and are settled.</summary>
    public Task Ended { get; }

    /// <summary>Gives back those that have not begun.</summary>
    public async Task ReleaseAsync()
    {
        var settling = new List<Task>();
        while (waiting.TryDequeue(out var job))
            settling.Add(settler.SettleAsync(job, Settlement.Released, shutdown));
        await Task.WhenAll(settling).ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        var settling = new List<Task>();
        try
        {
            while (waiting.TryDequeue(out var job))
                settling.Add(settler.SettleAsync(job, await runner.RunAsync(job, shutdown).ConfigureAwait(false), shutdown));
        }
        finally
        {
            gate.Exit();
        }
        await Task.WhenAll(settling).ConfigureAwait(false);
    }
}
