using System.Text.Json;
using System.Text.RegularExpressions;

namespace FunctionApp.Email.SendGrid;

/// <summary>
/// What SendGrid says was wrong, as it may be kept with a job and logged: the field and a short message, without addresses, which SendGrid likes to quote, and without the key.
/// </summary>
internal static partial class SendGridErrors
{
    private const int MaxErrors = 3;
    private const int MaxCharacters = 160;

    /// <returns>One line; empty if the body is none of SendGrid's errors.</returns>
    public static string Of(string body, string apiKey)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array
                ? string.Join("; ", errors.EnumerateArray().Take(MaxErrors).Select(error => One(error, apiKey)).Where(text => text.Length > 0))
                : "";
        }
        // A proxy's page.
        catch (JsonException)
        {
            return "";
        }
    }

    private static string One(JsonElement error, string apiKey)
    {
        var (field, message) = (Clean(Text(error, "field"), apiKey), Clean(Text(error, "message"), apiKey));
        return field.Length > 0 && message.Length > 0 ? $"{field}: {message}" : field + message;
    }

    private static string Text(JsonElement error, string name) =>
        error.ValueKind == JsonValueKind.Object && error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string Clean(string text, string apiKey)
    {
        var line = Space().Replace(Address().Replace(text.Replace(apiKey, "(key)", StringComparison.Ordinal), "(address)"), " ").Trim();
        return line.Length > MaxCharacters ? $"{line[..MaxCharacters]}…" : line;
    }

    [GeneratedRegex(@"[^\s<>""']*@[^\s<>""']*")]
    private static partial Regex Address();

    [GeneratedRegex(@"[\s\p{Cc}\p{Zl}\p{Zp}]+")]
    private static partial Regex Space();
}
