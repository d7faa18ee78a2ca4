using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FunctionApp.Hosting.Admin.Output;

/// <summary>JSON for people: with line breaks, and letters that are kept escaped as letters.</summary>
internal static class JsonText
{
    // Control characters stay escaped.
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, Readable))
            document.RootElement.WriteTo(writer);
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}
