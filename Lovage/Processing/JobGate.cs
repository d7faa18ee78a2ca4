using Microsoft.Extensions.Options;

namespace Lovage.Processing;

/// <summary>Admits as many jobs at once as the app is configured for, however they were packed into messages.</summary>
internal sealed class JobGate(IOptions<LovageOptions> options) : IDisposable
{
    private readonly SemaphoreSlim slots = new(options.Value.Concurrency);

    /// <summary>Waits for a slot, then takes what is free up to <paramref name="wanted"/>: jobs that start together are claimed together.</summary>
    /// <returns>The slots taken, at least one. Each is given back by <see cref="Exit"/>.</returns>
    public async Task<int> EnterAsync(int wanted, CancellationToken cancellation)
    {
        await slots.WaitAsync(cancellation).ConfigureAwait(false);
        var taken = 1;
        while (taken < wanted && slots.Wait(0, CancellationToken.None))
            taken++;
        return taken;
    }

    public void Exit(int count = 1) => slots.Release(count);

    public void Dispose() => slots.Dispose();
}
