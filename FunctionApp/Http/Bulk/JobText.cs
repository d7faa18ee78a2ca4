using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Http.Bulk;

/// <summary>Parses the text of one job.</summary>
internal static class JobText
{
    /// <returns>Null if it is nested too deep.</returns>
    /// <exception cref="BadBodyException">It is no JSON, so nobody knows what the rest of the body is.</exception>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> text, int maxDepth)
    {
        try
        {
            return JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = maxDepth });
        }
        catch (JsonException e)
        {
            // The parser reports both alike.
            return IsJson(text.Span) ? null : throw new BadBodyException(StatusCodes.Status400BadRequest, $"The body is not JSON: {e.Message}");
        }
    }

    // Without recursion: a level costs a bit.
    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
            {
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
