using System.Buffers;
using System.Text.Json;

namespace Lovage.Queue;

/// <summary>
/// The properties of a job in a message that this version does not know. They travel on with the job and are kept in its record: a newer
/// version wrote them, and its workers will look for them.
/// </summary>
internal static class UnknownFields
{
    /// <summary>Together, once encoded. They travel in every message of the job, so what is more than a field or two is left out.</summary>
    public const int MaxBytes = 8 * 1024;

    private static readonly HashSet<string> Known =
    [
        "id", "name", "args", "argsStored", "epoch", "notBefore", "expires", "maxAttempts", "timeLimit", "headers", "traceparent", "secondLook", "unknownSince",
    ];

    /// <returns>A JSON object in ASCII, or null if there are none.</returns>
    /// <exception cref="InvalidOperationException">They hold text that is not Unicode.</exception>
    public static ReadOnlyMemory<byte>? Read(JsonElement job)
    {
        ArrayBufferWriter<byte>? kept = null;
        foreach (var property in job.EnumerateObject().Where(property => !Known.Contains(property.Name)))
        {
            var field = Encode(property);
            var length = kept?.WrittenCount ?? 0;
            // What comes before it, and the closing brace.
            if (length + field.Length + 2 > MaxBytes)
                continue;
            kept ??= new();
            kept.Write(length == 0 ? "{"u8 : ","u8);
            kept.Write(field);
        }
        kept?.Write("}"u8);
        // Not a conditional expression: null would become an empty memory.
        if (kept is null)
            return null;
        return kept.WrittenMemory;
    }

    public static void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> fields)
    {
        using var document = JsonDocument.Parse(fields, MessageReader.Deep);
        foreach (var property in document.RootElement.EnumerateObject())
            property.WriteTo(writer);
    }

    // Name and value, without the braces of the object that the writer wants around them.
    private static ReadOnlySpan<byte> Encode(JsonProperty property)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            property.WriteTo(writer);
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan[1..^1];
    }
}
