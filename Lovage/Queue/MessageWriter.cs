using System.Buffers;

namespace Lovage.Queue;

/// <summary>Writes envelopes into as few messages as the limits allow, in order. The format is in <c>docs/message-format.md</c>.</summary>
internal static class MessageWriter
{
    /// <summary>What a storage queue takes for one message, measured after encoding.</summary>
    public const int MaxMessageBytes = 64 * 1024;

    private static ReadOnlySpan<byte> Head => "{\"v\":1,\"jobs\":["u8;

    private static ReadOnlySpan<byte> Tail => "]}"u8;

    /// <param name="envelopes">The jobs, at least one.</param>
    /// <param name="maxJobs">How many may share a message if each takes a second, as those do that nobody knows: they wait for each other. Of shorter ones
    /// there are more, of longer ones fewer. With 1 each is alone.</param>
    /// <param name="seconds">How long each takes, if that is known.</param>
    public static IEnumerable<ReadOnlyMemory<byte>> Write(IReadOnlyList<JobEnvelope> envelopes, int maxJobs, Func<JobEnvelope, double?>? seconds = null)
    {
        using var encoder = new EnvelopeEncoder();
        ArrayBufferWriter<byte>? message = null;
        var together = 0.0;
        foreach (var (index, envelope) in envelopes.Index())
        {
            var encoded = Encode(encoder, envelope);
            var takes = seconds?.Invoke(envelope) ?? 1;
            if (message is not null && (maxJobs == 1 || together + takes > maxJobs || message.WrittenCount + 1 + encoded.Length + Tail.Length > MaxMessageBytes))
            {
                yield return Close(message);
                (message, together) = (null, 0);
            }
            if (message is null)
                (message = new(Room(encoded.Length, Math.Min(envelopes.Count - index, maxJobs == 1 ? 1 : Math.Max(1, maxJobs / takes))))).Write(Head);
            else
                message.Write(","u8);
            message.Write(encoded.Span);
            together += takes;
        }
        if (message is not null)
            yield return Close(message);
    }

    /// <summary>One job with all its arguments: for a place that has no limit of the queue's.</summary>
    public static ReadOnlyMemory<byte> WriteHeld(JobEnvelope envelope)
    {
        using var encoder = new EnvelopeEncoder();
        var encoded = encoder.Encode(envelope);
        var message = new ArrayBufferWriter<byte>(Head.Length + encoded.Length + Tail.Length);
        message.Write(Head);
        message.Write(encoded.Span);
        return Close(message);
    }

    // As if all were as long as the first, in bytes and seconds: a buffer that grows is copied each time.
    private static int Room(int length, double count) => (int)Math.Min(MaxMessageBytes, Head.Length + ((length + 1) * count) + Tail.Length);

    private static ReadOnlyMemory<byte> Close(ArrayBufferWriter<byte> message)
    {
        message.Write(Tail);
        return message.WrittenMemory;
    }

    /// <summary>True if a message has room for the arguments.</summary>
    public static bool Fits(JobEnvelope envelope)
    {
        using var encoder = new EnvelopeEncoder();
        return envelope.Arguments is { Length: < MaxMessageBytes } && Head.Length + encoder.Encode(envelope).Length + Tail.Length <= MaxMessageBytes;
    }

    // Arguments that make the envelope too large for any message stay in the store, which has them anyway.
    private static ReadOnlyMemory<byte> Encode(EnvelopeEncoder encoder, JobEnvelope envelope)
    {
        if (envelope.Arguments is { Length: < MaxMessageBytes })
        {
            var whole = encoder.Encode(envelope);
            if (Head.Length + whole.Length + Tail.Length <= MaxMessageBytes)
                return whole;
        }
        return encoder.Encode(envelope with { Arguments = null });
    }
}
