using System.Buffers;
using System.Text.Json;

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
        var message = new ArrayBufferWriter<byte>();
        var (count, together) = (0, 0.0);
        foreach (var envelope in envelopes)
        {
            var encoded = Encode(envelope);
            var takes = seconds?.Invoke(envelope) ?? 1;
            if (count > 0 && (maxJobs == 1 || together + takes > maxJobs || message.WrittenCount + 1 + encoded.Length + Tail.Length > MaxMessageBytes))
            {
                yield return Close(message);
                (message, count, together) = (new ArrayBufferWriter<byte>(), 0, 0);
            }
            message.Write(count == 0 ? Head : ","u8);
            message.Write(encoded.Span);
            (count, together) = (count + 1, together + takes);
        }
        if (count > 0)
            yield return Close(message);
    }

    /// <summary>One job with all its arguments: for a place that has no limit of the queue's.</summary>
    public static ReadOnlyMemory<byte> WriteHeld(JobEnvelope envelope)
    {
        var message = new ArrayBufferWriter<byte>();
        message.Write(Head);
        message.Write(EncodeWhole(envelope).Span);
        return Close(message);
    }

    private static ReadOnlyMemory<byte> Close(ArrayBufferWriter<byte> message)
    {
        message.Write(Tail);
        return message.WrittenMemory;
    }

    /// <summary>True if a message has room for the arguments.</summary>
    public static bool Fits(JobEnvelope envelope) =>
        envelope.Arguments is { Length: < MaxMessageBytes } && Head.Length + EncodeWhole(envelope).Length + Tail.Length <= MaxMessageBytes;

    // Arguments that make the envelope too large for any message stay in the store, which has them anyway.
    private static ReadOnlyMemory<byte> Encode(JobEnvelope envelope)
    {
        if (envelope.Arguments is { Length: < MaxMessageBytes })
        {
            var whole = EncodeWhole(envelope);
            if (Head.Length + whole.Length + Tail.Length <= MaxMessageBytes)
                return whole;
        }
        return EncodeWhole(envelope with { Arguments = null });
    }

    private static ReadOnlyMemory<byte> EncodeWhole(JobEnvelope envelope)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("id"u8, envelope.Id.Value);
        writer.WriteString("name"u8, envelope.Name);
        if (envelope.Arguments is { } arguments)
        {
            writer.WritePropertyName("args"u8);
            writer.WriteRawValue(arguments.Span, skipInputValidation: true);
        }
        else
        {
            writer.WriteBoolean("argsStored"u8, true);
        }
        if (envelope.Epoch is not null)
            writer.WriteString("epoch"u8, envelope.Epoch);
        if (envelope.NotBefore is { } notBefore)
            writer.WriteString("notBefore"u8, notBefore);
        if (envelope.Expires is { } expires)
            writer.WriteString("expires"u8, expires);
        if (envelope.MaxAttempts is { } maxAttempts)
            writer.WriteNumber("maxAttempts"u8, maxAttempts);
        if (envelope.TimeLimit is { } limit)
            writer.WriteNumber("timeLimit"u8, limit.TotalSeconds);
        if (envelope.IsSecondLook)
            writer.WriteBoolean("secondLook"u8, true);
        if (envelope.TraceParent is not null)
            writer.WriteString("traceparent"u8, envelope.TraceParent);
        if (envelope.Headers.Count > 0)
        {
            writer.WriteStartObject("headers"u8);
            foreach (var (key, value) in envelope.Headers)
                writer.WriteString(key, value);
            writer.WriteEndObject();
        }
        if (envelope.UnknownSince is { } unknownSince)
            writer.WriteString("unknownSince"u8, unknownSince);
        if (envelope.Extra is { } extra)
            UnknownFields.Write(writer, extra);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
