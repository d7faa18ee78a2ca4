using EmbeddedHost.Catalog;
using EmbeddedHost.Invocation;

namespace EmbeddedHost.Timers;

/// <summary>The loops of all timer functions.</summary>
internal sealed class TimerLoops(FunctionCatalog catalog, FunctionExecutor executor, RunningInvocations running, TimeProvider clock) : IDisposable
{
    private TimerLoop[] loops = [];

    public void Start()
    {
        loops = [.. catalog.Enabled<TimerTriggerEntry>().Select(f => new TimerLoop(f.Function, f.Trigger, executor, running, clock))];
        foreach (var loop in loops)
            loop.Start();
    }

    public Task StopAsync() => Task.WhenAll(loops.Select(l => l.StopAsync()));

    public void Dispose() => Array.ForEach(loops, l => l.Dispose());
}
