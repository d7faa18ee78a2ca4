using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace FunctionApp.Http.Bulk;

/// <summary>Writes what is wrong with jobs of a request. All of it is held until the answer, so it has limits, however much a caller got wrong.</summary>
internal sealed class ItemErrors(HttpRequest request)
{
    // After so many the rest say only of what kind they are: who has made a thousand mistakes has made one of them a thousand times.
    private const int MostInDetail = 1_000;

    // Names that a caller has made up are repeated in errors, and could be as long as the arguments.
    private const int MaxBytes = 2_048;

    private const int MaxDetailCharacters = 300;

    private int count;

    /// <summary>Writes a problem as JSON.</summary>
    public ReadOnlyMemory<byte> Write(Exception error)
    {
        var problem = Problems.DetailsOf(error, request);
        if (++count <= MostInDetail)
        {
            var whole = Encode(problem);
            if (whole.Length <= MaxBytes)
                return whole;
        }
        return Encode(new() { Type = problem.Type, Title = problem.Title, Status = problem.Status, Detail = count <= MostInDetail ? Cut(problem.Detail) : null });
    }

    private static byte[] Encode(ProblemDetails problem) => JsonSerializer.SerializeToUtf8Bytes(problem, JsonSerializerOptions.Web);

    private static string? Cut(string? detail) =>
        detail is { Length: > MaxDetailCharacters } ? $"{detail.AsSpan(0, MaxDetailCharacters - (char.IsHighSurrogate(detail[MaxDetailCharacters - 1]) ? 1 : 0))}…" : detail;
}
