using Lovage.Processing;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Functions;

public sealed class ProcessJobs(JobProcessor processor)
{
    [Function(nameof(ProcessJobs))]
    public Task RunAsync([QueueTrigger("%LovageQueue%")] string message, FunctionContext context) =>
        processor.ProcessAsync(message, context.CancellationToken);
}
