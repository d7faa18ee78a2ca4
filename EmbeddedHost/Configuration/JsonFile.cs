using System.Text.Json;

namespace EmbeddedHost.Configuration;

/// <summary>A settings file of the user's: JSON with comments and trailing commas.</summary>
internal static class JsonFile
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public static JsonElement Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new EmbeddedHostException($"{path} is not a JSON object; it begins with {document.RootElement.ValueKind}.");
        }
        catch (JsonException exception)
        {
            throw new EmbeddedHostException(
                $"{path} is not valid JSON: line {exception.LineNumber + 1}, character {exception.BytePositionInLine + 1}. Correct the file there.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddedHostException($"{path} cannot be read: {exception.Message}", exception);
        }
    }
}
