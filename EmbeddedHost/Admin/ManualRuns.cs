using EmbeddedHost.Catalog;
using EmbeddedHost.Invocation;
using EmbeddedHost.Queues;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Admin;

/// <summary>Runs queue and timer functions by hand. A run counts among what a stop waits for.</summary>
internal sealed class ManualRuns(FunctionExecutor executor, RunningInvocations running, TimeProvider clock)
{
    public void Start(FunctionEntry function, string input)
    {
        var one = running.Begin();
        _ = Task.Run(() => RunAsync(function, input, one));
    }

    // The executor logs what fails: there is nobody else to tell, the caller has its 202.
    private async Task RunAsync(FunctionEntry function, string input, IDisposable one)
    {
        using (one)
        {
            if (function.Trigger.Kind == TriggerKind.Timer)
            {
                await executor.RunAsync(function, new TimerInfo(), TriggerData.None);
                return;
            }

            var message = QueueEvent.ByHand(input, clock.GetUtcNow());
            await executor.RunAsync(function, message, QueueEvent.Describe(message));
        }
    }
}
