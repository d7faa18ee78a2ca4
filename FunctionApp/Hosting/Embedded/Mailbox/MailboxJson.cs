using System.Text.Encodings.Web;
using System.Text.Json;

namespace FunctionApp.Hosting.Mailbox;

internal static class MailboxJson
{
    // Read by people, and never part of a page: markup and the & of addresses stay as they are.
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };
}
