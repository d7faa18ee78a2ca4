using FunctionApp.Accounts.Database;
using Lovage.EntityFrameworkCore;
using Lovage.Processing;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Functions;

/// <summary>The net for when no worker is up to sweep by itself: it bounds how long the jobs of the last one wait.</summary>
public sealed class SweepJobs(JobSweep sweep, JobOutboxRelay<AccountsDb> outbox)
{
    [Function(nameof(SweepJobs))]
    public async Task RunAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, FunctionContext context)
    {
        await sweep.SweepAsync(context.CancellationToken);
        await outbox.RelayAsync(context.CancellationToken);
    }
}
