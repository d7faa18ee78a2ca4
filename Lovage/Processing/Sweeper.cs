using Lovage.Health;
using Lovage.Queue;
using Lovage.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lovage.Processing;

/// <summary>Sweeps for as long as the process lives, whatever fails meanwhile.</summary>
internal sealed partial class Sweeper(
    JobSweep sweep, ForgottenRuns forgotten, ExpectedDurations durations, Heartbeats heartbeats, Random random, IOptions<LovageOptions> options, TimeProvider time, ILogger<Sweeper> logger)
    : BackgroundService
{
    private bool failed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var heartbeat = heartbeats.Begin("sweep", options.Value.SweepInterval);
        while (true)
        {
            // A fifth more or less: processes that started together do not sweep together.
            await Task.Delay(options.Value.SweepInterval * (0.8 + 0.4 * random.NextDouble()), time, stoppingToken).ConfigureAwait(false);
            await SweepAsync(stoppingToken).ConfigureAwait(false);
            heartbeat.Beat();
        }
    }

    private async Task SweepAsync(CancellationToken cancellation)
    {
        try
        {
            await forgotten.GiveBackAsync(cancellation).ConfigureAwait(false);
            await sweep.SweepAsync(cancellation).ConfigureAwait(false);
            await durations.ShareAsync(cancellation).ConfigureAwait(false);
            if (failed)
                LogRecovered();
            failed = false;
        }
        // Everything else is a defect, and must not end the sweeps either.
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            if (!failed || e is not (JobStoreUnavailableException or JobQueueUnavailableException))
                LogFailed(e is JobStoreUnavailableException or JobQueueUnavailableException ? null : e, e.Message);
            failed = true;
        }
    }

    [LoggerMessage(EventIds.SweepFailed, LogLevel.Warning, "Looking for lost jobs failed: {Error} Trying again until it succeeds.")]
    private partial void LogFailed(Exception? exception, string error);

    [LoggerMessage(EventIds.SweepRecovered, LogLevel.Information, "Looking for lost jobs succeeds again")]
    private partial void LogRecovered();
}
