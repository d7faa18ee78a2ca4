using Lovage.Processing;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Functions;

/// <summary>The host gave up on a message. The jobs in it have not failed for that: each is rung again, alone.</summary>
public sealed class BuryMessage(JobProcessor processor)
{
    [Function(nameof(BuryMessage))]
    public Task RunAsync([QueueTrigger("%LovageQueue%-poison")] string message, FunctionContext context) =>
        processor.RescueAsync(message, context.CancellationToken);
}
