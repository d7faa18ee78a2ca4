using Azure.Storage.Queues;
using Benchmarks.Harness;
using Benchmarks.Measuring;

namespace Benchmarks.Waiting;

/// <summary>What putting one message and receiving it takes, one after the other, without anything else.</summary>
internal static class RawRoundTrip
{
    public static async Task<Latencies> MeasureAsync(BenchmarkRun run, int warmUp, int count, CancellationToken cancellation)
    {
        var queue = new QueueClient(run.Servers.Storage.ConnectionString, $"raw-{Guid.NewGuid():N}");
        await queue.CreateAsync(cancellationToken: cancellation);
        var taken = new List<TimeSpan>();
        for (var i = 0; i < warmUp + count; i++)
        {
            var began = run.Clock.GetTimestamp();
            await queue.SendMessageAsync($"message {i}", cancellation);
            var message = (await queue.ReceiveMessageAsync(cancellationToken: cancellation)).Value;
            if (i >= warmUp)
                taken.Add(run.Clock.GetElapsedTime(began));
            await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellation);
        }
        await queue.DeleteAsync(cancellation);
        return new(taken);
    }
}
