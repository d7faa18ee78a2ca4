using Microsoft.Extensions.Options;

namespace Lovage.Processing;

/// <summary>Admits as many jobs at once as the app is configured for, however they were packed into messages.</summary>
internal sealed class JobGate : IDisposable
{
    // Beyond this many blocked threads a process is not helped by more of them.
    private const int MostThreads = 256;

    private readonly int concurrency;
    private readonly SemaphoreSlim slots;

    // Who comes first takes all that it wants: were the free slots dealt out one by one, everybody would claim jobs one by one.
    private readonly SemaphoreSlim turn = new(1, 1);

    // Two that each hold half of the slots would wait for each other for ever.
    private readonly SemaphoreSlim alone = new(1, 1);

    public JobGate(IOptions<LovageOptions> options)
    {
        concurrency = options.Value.Concurrency;
        slots = new(concurrency);
        MakeRoomForBlockingJobs(concurrency);
    }

    /// <summary>Waits for a slot, then takes what is free up to <paramref name="wanted"/>: jobs that start together are claimed together.</summary>
    /// <returns>The slots taken, at least one. Each is given back by <see cref="Exit"/>.</returns>
    public async Task<int> EnterAsync(int wanted, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await slots.WaitAsync(cancellation).ConfigureAwait(false);
            var taken = 1;
            while (taken < wanted && slots.Wait(0, CancellationToken.None))
                taken++;
            return taken;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Waits until nothing else runs in this process and keeps it so, until <see cref="ExitAlone"/>.</summary>
    public async Task EnterAloneAsync(CancellationToken cancellation)
    {
        await alone.WaitAsync(cancellation).ConfigureAwait(false);
        var taken = 0;
        try
        {
            for (; taken < concurrency; taken++)
                await slots.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch
        {
            if (taken > 0)
                slots.Release(taken);
            alone.Release();
            throw;
        }
    }

    public void ExitAlone()
    {
        slots.Release(concurrency);
        alone.Release();
    }

    public void Exit(int count = 1) => slots.Release(count);

    public void Dispose()
    {
        slots.Dispose();
        turn.Dispose();
        alone.Dispose();
    }

    // A job may block its thread. Were every thread of the pool so blocked, the pool would add one or two a second, and until
    // then nothing else went on: not the HTTP functions, and not the Redis client that renews this worker's lease.
    private static void MakeRoomForBlockingJobs(int concurrency)
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount + Math.Min(concurrency, MostThreads)), completions);
    }
}
