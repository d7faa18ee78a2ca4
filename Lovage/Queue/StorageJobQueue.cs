using Azure;
using Azure.Core;
using Azure.Storage.Queues;
using Microsoft.Extensions.Options;

namespace Lovage.Queue;

internal sealed class StorageJobQueue : IJobQueue
{
    // The service's own word for "until it is deleted"; its default would drop messages after 7 days.
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    // The service's limit for a visibility timeout. A message that comes early is sent again for the rest.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(7);

    // More than this many jobs of callers who know nothing of each other would hold up the first of them.
    private const int MostTogether = 500;

    private readonly ExpectedDurations durations;
    private readonly QueueSignal signal;
    private readonly QueueClient client;

    // So the host names it, and makes it when it first needs it.
    private readonly QueueClient poison;

    private readonly GroupCommit<JobEnvelope, bool> group;

    public StorageJobQueue(ExpectedDurations durations, QueueSignal signal, IOptions<LovageOptions> options)
    {
        var settings = options.Value;
        (this.durations, this.signal) = (durations, signal);
        client = new(settings.StorageConnectionString, settings.QueueName, ClientOptions());
        poison = new(settings.StorageConnectionString, $"{settings.QueueName}-poison", ClientOptions());
        group = new() { Send = jobs => SendTogetherAsync(jobs, settings.Concurrency), MostItems = MostTogether };
    }

    // Azurite and the service take about this many puts side by side before latency grows faster than throughput.
    public int ParallelSends => 16;

    public async Task SendAsync(IReadOnlyList<JobEnvelope> jobs, int maxJobs, TimeSpan delay, CancellationToken cancellation)
    {
        try
        {
            // Those that may share a message share it with what others send at the same time.
            if (jobs.Count == 1 && maxJobs > 1 && delay <= TimeSpan.Zero)
                await group.AddAsync(jobs[0]).WaitAsync(cancellation).ConfigureAwait(false);
            else
                await SendAllAsync(jobs, maxJobs, delay, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (IsUnavailable(e, cancellation))
        {
            throw new JobQueueUnavailableException(client.Name, e);
        }
    }

    public async Task CheckAsync(CancellationToken cancellation)
    {
        try
        {
            await client.CreateIfNotExistsAsync(cancellationToken: cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (IsUnavailable(e, cancellation))
        {
            throw new JobQueueUnavailableException(client.Name, e);
        }
    }

    public async Task<QueueLengths> CountAsync(CancellationToken cancellation)
    {
        try
        {
            var (messages, given) = (CountAsync(client, cancellation), CountAsync(poison, cancellation));
            await Task.WhenAll(messages, given).ConfigureAwait(false);
            return new(await messages.ConfigureAwait(false), await given.ConfigureAwait(false));
        }
        catch (Exception e) when (IsUnavailable(e, cancellation))
        {
            throw new JobQueueUnavailableException(client.Name, e);
        }
    }

    private static async Task<long> CountAsync(QueueClient queue, CancellationToken cancellation)
    {
        try
        {
            return (await queue.GetPropertiesAsync(cancellation).ConfigureAwait(false)).Value.ApproximateMessagesCount;
        }
        catch (RequestFailedException e) when (e.ErrorCode == "QueueNotFound")
        {
            return 0;
        }
    }

    private async Task<IReadOnlyList<bool>> SendTogetherAsync(IReadOnlyList<JobEnvelope> jobs, int maxJobs)
    {
        await SendAllAsync(jobs, maxJobs, TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
        return new bool[jobs.Count];
    }

    private async Task SendAllAsync(IReadOnlyList<JobEnvelope> jobs, int maxJobs, TimeSpan delay, CancellationToken cancellation)
    {
        // Fewer share a message anyway.
        if (jobs.Count > maxJobs && maxJobs > 1)
            await durations.RefreshAsync(cancellation).ConfigureAwait(false);
        // Few are sent from here, without other threads: most calls send one.
        var sending = new List<Task>();
        foreach (var message in MessageWriter.Write(jobs, maxJobs, job => durations.Of(job.Name)))
        {
            if (sending.Count == ParallelSends)
            {
                var sent = await Task.WhenAny(sending).ConfigureAwait(false);
                // One that has failed stays, and is told below.
                if (!sent.IsCompletedSuccessfully)
                    break;
                sending.Remove(sent);
            }
            sending.Add(SendOneAsync(message, delay, cancellation));
        }
        await Task.WhenAll(sending).ConfigureAwait(false);
        if (delay <= TimeSpan.Zero)
            signal.TellOthers();
    }

    private async Task SendOneAsync(ReadOnlyMemory<byte> message, TimeSpan delay, CancellationToken cancellation)
    {
        var body = new BinaryData(message);
        TimeSpan? hidden = delay > TimeSpan.Zero ? (delay < LongestDelay ? RoundUp(delay) : LongestDelay) : null;
        try
        {
            await client.SendMessageAsync(body, hidden, Forever, cancellationToken: cancellation).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.ErrorCode == "QueueNotFound")
        {
            await client.CreateIfNotExistsAsync(cancellationToken: cancellation).ConfigureAwait(false);
            await client.SendMessageAsync(body, hidden, Forever, cancellationToken: cancellation).ConfigureAwait(false);
        }
        if (hidden is null)
            signal.Sent();
    }

    // The service counts whole seconds; a message that came early would be sent once more.
    private static TimeSpan RoundUp(TimeSpan delay) => TimeSpan.FromSeconds(Math.Ceiling(delay.TotalSeconds));

    // What the SDK throws when retries are used up is an AggregateException of the tries.
    private static bool IsUnavailable(Exception e, CancellationToken cancellation) =>
        e is RequestFailedException or AggregateException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested);

    // An HTTP caller waits for this: three quick tries, then it is told. The record stands, whatever becomes of the doorbell.
    // The service version is one that every Azurite of the last years speaks.
    private static QueueClientOptions ClientOptions() => new(QueueClientOptions.ServiceVersion.V2021_12_02)
    {
        Retry = { Mode = RetryMode.Exponential, MaxRetries = 2, Delay = TimeSpan.FromMilliseconds(100), MaxDelay = TimeSpan.FromSeconds(1), NetworkTimeout = TimeSpan.FromSeconds(5) },
    };
}
