using System.Collections.Concurrent;
using Lovage.Client;
using Lovage.Queue;
using Lovage.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lovage.EntityFrameworkCore;

/// <summary>
/// Enqueues the jobs that were committed with an app's rows. Every process does so right after each commit and every <see cref="JobOutboxOptions.Interval"/>;
/// call it from a timer function for when no process is up.
/// </summary>
/// <typeparam name="TContext">The app's context.</typeparam>
public sealed partial class JobOutboxRelay<TContext> where TContext : DbContext
{
    // A script of the store holds up everybody else on the server; and so many messages of the usual size are read in one go.
    private const int BatchSize = 100;

    private const int MaxTold = 1_000;

    private readonly IServiceScopeFactory scopes;
    private readonly JobClient jobs;
    private readonly JobOutboxOptions options;
    private readonly ILogger<JobOutboxRelay<TContext>> logger;

    // Of which was said already that they cannot be read: they are met again after each commit.
    private readonly ConcurrentDictionary<Guid, bool> told = [];

    internal JobOutboxRelay(IServiceScopeFactory scopes, JobClient jobs, JobOutboxOptions options, ILogger<JobOutboxRelay<TContext>> logger) =>
        (this.scopes, this.jobs, this.options, this.logger) = (scopes, jobs, options, logger);

    /// <summary>Enqueues all that waits. Any number of processes may do so at the same time: a job that two of them enqueue is one job.</summary>
    /// <returns>How many jobs were enqueued.</returns>
    /// <exception cref="JobStoreUnavailableException">The store did not answer. What waits keeps waiting.</exception>
    public async Task<int> RelayAsync(CancellationToken cancellation)
    {
        if (!options.Relays)
            return 0;
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<TContext>();
        var (relayed, last) = (0, Guid.Empty);
        while (true)
        {
            var messages = await context.Set<JobOutboxMessage>().AsNoTracking()
                .Where(message => message.Id > last).OrderBy(message => message.Id).Take(BatchSize).ToListAsync(cancellation).ConfigureAwait(false);
            if (messages.Count == 0)
                return relayed;
            relayed += await RelayAsync(context, messages, cancellation).ConfigureAwait(false);
            last = messages[^1].Id;
        }
    }

    private async Task<int> RelayAsync(TContext context, List<JobOutboxMessage> messages, CancellationToken cancellation)
    {
        var held = messages.SelectMany(Read).ToList();
        if (held.Count == 0)
            return 0;
        await jobs.EnqueueHeldAsync(held, cancellation).ConfigureAwait(false);
        // Who dies here leaves rows whose jobs are recorded already: recording them again changes nothing.
        var ids = held.Select(job => job.Id.Value).ToArray();
        await context.Set<JobOutboxMessage>().Where(message => ids.Contains(message.Id)).ExecuteDeleteAsync(cancellation).ConfigureAwait(false);
        return held.Count;
    }

    // One that cannot be read is left where someone can look at it, and keeps nobody from being relayed.
    private IReadOnlyList<JobEnvelope> Read(JobOutboxMessage message)
    {
        try
        {
            var content = MessageReader.Read(message.Message);
            if (content.Jobs is [var job] && job.Id.Value == message.Id)
                return [job];
            Tell(message.Id, content.Unreadable is [{ Error.Message: var error }, ..] ? error : "It is not the message of this job.");
        }
        catch (MessageFormatException e)
        {
            Tell(message.Id, e.Message);
        }
        return [];
    }

    private void Tell(Guid id, string error)
    {
        if (told.Count < MaxTold && told.TryAdd(id, true))
            LogUnreadable(id, error);
    }

    [LoggerMessage(EventIds.OutboxUnreadable, LogLevel.Error, "Row {Id} of the table JobOutbox is no job and stays there: {Error}")]
    private partial void LogUnreadable(Guid id, string error);
}
