using System.Text;

namespace EmbeddedHost.Queues;

/// <summary>Encodes and decodes message texts.</summary>
internal static class MessageText
{
    /// <summary>The bytes of a received text; null if it is not what the encoding promises.</summary>
    public static BinaryData? Decode(BinaryData text, MessageEncoding encoding)
    {
        if (encoding == MessageEncoding.None)
            return text;

        var bytes = new byte[text.ToMemory().Length];
        return Convert.TryFromBase64String(Encoding.UTF8.GetString(text), bytes, out var length) ? new BinaryData(bytes.AsMemory(0, length)) : null;
    }

    public static string Encode(ReadOnlySpan<byte> bytes, MessageEncoding encoding) =>
        encoding == MessageEncoding.None ? Encoding.UTF8.GetString(bytes) : Convert.ToBase64String(bytes);
}
