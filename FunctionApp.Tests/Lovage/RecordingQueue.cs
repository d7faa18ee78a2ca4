using System.Threading.Channels;
using Lovage.Queue;

namespace FunctionApp.Tests.Lovage;

/// <summary>A queue that keeps what was sent, as the text that a queue trigger would deliver.</summary>
internal sealed class RecordingQueue : IJobQueue
{
    private readonly Channel<(string Text, TimeSpan Delay)> sent = Channel.CreateUnbounded<(string, TimeSpan)>();

    /// <summary>While set, every call fails as an unreachable storage account does.</summary>
    public bool IsDown { get; set; }

    /// <summary>While set, every message is taken, but whoever sent it hears of a failure.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>How many calls failed because it was down.</summary>
    public int Refused { get; private set; }

    public bool IsEmpty => sent.Reader.Count == 0;

    public Task SendAsync(IReadOnlyList<JobEnvelope> jobs, int maxJobs, TimeSpan delay, CancellationToken cancellation)
    {
        ThrowIfDown();
        foreach (var message in MessageWriter.Write(jobs, maxJobs))
            sent.Writer.TryWrite((System.Text.Encoding.UTF8.GetString(message.Span), delay));
        ThrowIf(LosesAnswers);
        return Task.CompletedTask;
    }

    public Task CheckAsync(CancellationToken cancellation)
    {
        ThrowIfDown();
        return Task.CompletedTask;
    }

    public Task<QueueLengths> CountAsync(CancellationToken cancellation)
    {
        ThrowIfDown();
        return Task.FromResult<QueueLengths>(new(sent.Reader.Count, 0));
    }

    /// <summary>The next message; waits for it.</summary>
    public async Task<string> ReceiveAsync() => (await ReceiveDelayedAsync()).Text;

    /// <summary>The next message and how long it would stay hidden.</summary>
    public Task<(string Text, TimeSpan Delay)> ReceiveDelayedAsync() => sent.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Limits.Signal);

    /// <summary>Every message that was sent and not received.</summary>
    public IReadOnlyList<string> Drain()
    {
        var all = new List<string>();
        while (sent.Reader.TryRead(out var message))
            all.Add(message.Text);
        return all;
    }

    private void ThrowIfDown()
    {
        Refused += IsDown ? 1 : 0;
        ThrowIf(IsDown);
    }

    private static void ThrowIf(bool fails)
    {
        if (fails)
            throw new JobQueueUnavailableException("test", new IOException("connection refused"));
    }
}
