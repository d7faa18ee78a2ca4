using System.Data.Common;
using Lovage.Health;
using Lovage.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lovage.EntityFrameworkCore;

/// <summary>Relays for as long as the process lives, whatever fails meanwhile. The first look comes late: an app's start is not for its database.</summary>
internal sealed partial class RelayLoop<TContext>(
    JobOutboxRelay<TContext> relay, RelaySignal<TContext> signal, Heartbeats heartbeats, Random random, IOptionsMonitor<JobOutboxOptions> options, TimeProvider time,
    ILogger<RelayLoop<TContext>> logger) : BackgroundService
    where TContext : DbContext
{
    private string? failure;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var settings = options.Get(Name);
        if (!settings.Relays)
            return;
        var heartbeat = heartbeats.Begin("outbox", settings.Interval);
        while (true)
        {
            // A fifth more or less: processes that started together do not look together.
            await signal.WaitAsync(settings.Interval * (0.8 + (0.4 * random.NextDouble())), time, stoppingToken).ConfigureAwait(false);
            await RelayAsync(stoppingToken).ConfigureAwait(false);
            heartbeat.Beat();
        }
    }

    private static string Name => typeof(TContext).FullName!;

    private async Task RelayAsync(CancellationToken cancellation)
    {
        try
        {
            await relay.RelayAsync(cancellation).ConfigureAwait(false);
            if (failure is not null)
                LogRecovered();
            failure = null;
        }
        // Everything else is a defect, and must not end the loop either; nor must what breaks off while the app stops.
        catch (Exception e)
        {
            if (cancellation.IsCancellationRequested)
                return;
            var isOutage = e is JobStoreUnavailableException or DbException || e.InnerException is DbException;
            // Said once, for as long as it is the same.
            if (failure != e.Message)
                LogFailed(isOutage ? null : e, e.Message);
            failure = e.Message;
        }
    }

    [LoggerMessage(EventIds.OutboxFailed, LogLevel.Warning, "Enqueueing the jobs of the outbox failed: {Error} They wait in the database. Trying again until it succeeds.")]
    private partial void LogFailed(Exception? exception, string error);

    [LoggerMessage(EventIds.OutboxRecovered, LogLevel.Information, "Enqueueing the jobs of the outbox succeeds again")]
    private partial void LogRecovered();
}
