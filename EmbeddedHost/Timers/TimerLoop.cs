using EmbeddedHost.Catalog;
using EmbeddedHost.Invocation;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Timers;

/// <summary>Runs one timer function on its schedule, one run after the other.</summary>
internal sealed class TimerLoop(
    FunctionEntry function,
    TimerTriggerEntry trigger,
    FunctionExecutor executor,
    RunningInvocations running,
    TimeProvider clock) : IDisposable
{
    // Timers take at most 49 days at once; a yearly schedule is waited for in pieces.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly CancellationTokenSource stopping = new();
    private readonly bool monitored = trigger.UseMonitor && !trigger.Schedule!.IsUnderAMinute(clock.GetUtcNow());
    private Task loop = Task.CompletedTask;
    private DateTimeOffset? last;

    public void Start() => loop = RunAsync(clock.GetUtcNow());

    /// <summary>No further runs; the one that runs goes on, and the host waits for it as for every invocation.</summary>
    public Task StopAsync() => stopping.CancelAsync();

    public void Dispose() => stopping.Dispose();

    private async Task RunAsync(DateTimeOffset from)
    {
        if (trigger.RunOnStartup)
            await Task.Run(() => RunOnceAsync(from, isPastDue: false));

        while (!stopping.IsCancellationRequested)
        {
            var due = trigger.Schedule!.After(from);
            var late = due < clock.GetUtcNow();
            await WaitUntilAsync(due);
            if (stopping.IsCancellationRequested)
                return;

            // From the start of the run: an occurrence that it slept through is run once, directly after.
            from = clock.GetUtcNow() > due ? clock.GetUtcNow() : due;
            await RunOnceAsync(due, late);
        }
    }

    private async Task WaitUntilAsync(DateTimeOffset due)
    {
        while (!stopping.IsCancellationRequested && due - clock.GetUtcNow() is { } wait && wait > TimeSpan.Zero)
            await Task.Delay(wait < LongestWait ? wait : LongestWait, clock, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // The executor turns what a function throws into an outcome and logs it: the loop survives it.
    private async Task RunOnceAsync(DateTimeOffset due, bool isPastDue)
    {
        using var one = running.Begin();
        var started = clock.GetUtcNow();
        var info = new TimerInfo { IsPastDue = isPastDue, ScheduleStatus = monitored ? Status(due, started) : null };
        await executor.RunAsync(function, info, TriggerData.None);
        last = started;
    }

    private ScheduleStatus Status(DateTimeOffset due, DateTimeOffset now) => new()
    {
        Last = last?.UtcDateTime ?? default,
        Next = due.UtcDateTime,
        LastUpdated = last?.UtcDateTime ?? now.UtcDateTime,
    };
}
