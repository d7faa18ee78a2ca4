using Azure;
using Azure.Core;
using Azure.Storage.Queues;
using Microsoft.Extensions.Options;

namespace Lovage.Queue;

internal sealed class StorageJobQueue(IOptions<LovageOptions> options) : IJobQueue
{
    // The service's own word for "until it is deleted"; its default would drop messages after 7 days.
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    // The service's limit for a visibility timeout. A message that comes early is sent again for the rest.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(7);

    // Azurite and the service take about this many puts side by side before latency grows faster than throughput.
    public int ParallelSends => 16;

    private readonly QueueClient client = new(options.Value.StorageConnectionString, options.Value.QueueName, ClientOptions());

    // So the host names it, and makes it when it first needs it.
    private readonly QueueClient poison = new(options.Value.StorageConnectionString, $"{options.Value.QueueName}-poison", ClientOptions());

    public async Task SendAsync(IReadOnlyList<JobEnvelope> jobs, int maxJobs, TimeSpan delay, CancellationToken cancellation)
    {
        try
        {
            if (jobs.Count == 1)
            {
                foreach (var message in MessageWriter.Write(jobs, maxJobs))
                    await SendOneAsync(message, delay, cancellation).ConfigureAwait(false);
                return;
            }
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelSends, CancellationToken = cancellation };
            await Parallel.ForEachAsync(MessageWriter.Write(jobs, maxJobs), parallel, async (message, stop) =>
                await SendOneAsync(message, delay, stop).ConfigureAwait(false)).ConfigureAwait(false);
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
