using System.Buffers;
using System.Text.Json;

namespace Lovage.Queue;

/// <summary>Writes one envelope after the other in the same memory: a writer of its own for each would take 4 KiB of it.</summary>
internal sealed class EnvelopeEncoder : IDisposable
{
    private readonly ArrayBufferWriter<byte> buffer = new();
    private readonly Utf8JsonWriter writer;

    public EnvelopeEncoder() => writer = new(buffer);

    /// <summary>The envelope as JSON, until the next one is written.</summary>
    public ReadOnlyMemory<byte> Encode(JobEnvelope envelope)
    {
        buffer.ResetWrittenCount();
        writer.Reset();
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

    public void Dispose() => writer.Dispose();
}
