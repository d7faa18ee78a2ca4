using Lovage.Processing;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Functions;

/// <summary>The net for when no worker is up to sweep by itself: it bounds how long the jobs of the last one wait.</summary>
public sealed class SweepJobs(JobSweep sweep)
{
    [Function(nameof(SweepJobs))]
    public Task RunAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, FunctionContext context) => sweep.SweepAsync(context.CancellationToken);
}
