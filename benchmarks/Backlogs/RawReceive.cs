using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Benchmarks.Harness;

namespace Benchmarks.Backlogs;

/// <summary>What the queue gives to loops that receive and delete, and do nothing else.</summary>
/// <param name="PerSecond">Messages a second, for each of <see cref="Parallelisms"/>.</param>
internal sealed record RawReceive(IReadOnlyList<double> PerSecond)
{
    // As many as a receive may bring.
    private const int BatchSize = 32;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <summary>So many loops side by side.</summary>
    public static IReadOnlyList<int> Parallelisms { get; } = [1, 8, 32];

    public double Best => PerSecond.Max();

    public static async Task<RawReceive> MeasureAsync(BenchmarkRun run, int messages, CancellationToken cancellation)
    {
        var rates = new List<double>();
        foreach (var parallelism in Parallelisms)
            rates.Add(await MeasureAsync(run, messages, parallelism, cancellation));
        return new(rates);
    }

    private static async Task<double> MeasureAsync(BenchmarkRun run, int messages, int parallelism, CancellationToken cancellation)
    {
        var queue = new QueueClient(run.Servers.Storage.ConnectionString, $"raw-{Guid.NewGuid():N}");
        await queue.CreateAsync(cancellationToken: cancellation);
        await Parallel.ForAsync(0, messages, cancellation, async (_, stop) => await queue.SendMessageAsync(Message(), stop));

        var began = run.Clock.GetTimestamp();
        var received = await Task.WhenAll(Enumerable.Range(0, parallelism).Select(_ => ReceiveAllAsync(queue, cancellation)));
        var elapsed = run.Clock.GetElapsedTime(began);

        await queue.DeleteAsync(cancellation);
        if (received.Sum() != messages)
            throw new BenchmarkException($"Of {messages:N0} messages {received.Sum():N0} were received.");
        return messages / elapsed.TotalSeconds;
    }

    private static async Task<int> ReceiveAllAsync(QueueClient queue, CancellationToken cancellation)
    {
        for (var count = 0; ;)
        {
            QueueMessage[] messages = await queue.ReceiveMessagesAsync(BatchSize, Lease, cancellation);
            if (messages.Length == 0)
                return count;
            foreach (var message in messages)
                await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellation);
            count += messages.Length;
        }
    }

    // As long as the engine's own for such a job.
    private static string Message() => $$"""{"v":1,"jobs":[{"id":"{{Guid.NewGuid()}}","name":"demo.noop","args":{},"epoch":"{{Guid.NewGuid():N}}"}]}""";
}
