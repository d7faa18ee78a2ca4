using Lovage.Processing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lovage.Queue;

/// <summary>Creates the queue when the app starts, and keeps trying while storage is down: the Functions host polls a missing queue in vain.</summary>
internal sealed partial class QueueSetup(IJobQueue queue, TimeProvider time, ILogger<QueueSetup> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backOff = new BackOff(time);
        var failed = false;
        while (true)
        {
            try
            {
                await queue.CheckAsync(stoppingToken).ConfigureAwait(false);
                if (failed)
                    LogReady();
                return;
            }
            catch (JobQueueUnavailableException e)
            {
                if (!failed)
                    LogNotReady(e.Message);
                failed = true;
            }
            await backOff.WaitAsync(stoppingToken).ConfigureAwait(false);
        }
    }

    [LoggerMessage(EventIds.QueueNotReady, LogLevel.Warning, "{Error} Jobs that are accepted wait; trying again until it answers.")]
    private partial void LogNotReady(string error);

    [LoggerMessage(EventIds.QueueReady, LogLevel.Information, "The storage queue is ready")]
    private partial void LogReady();
}
