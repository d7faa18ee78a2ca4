using System.Text.Json;
using Lovage.DeadLetters;
using Lovage.Jobs;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Http;

/// <summary>Which dead letters are to be replayed, and how: a JSON object whose fields are all optional.</summary>
internal sealed record ReplayRequest
{
    private const int DefaultLimit = 1_000;

    private static readonly string[] Fields = ["name", "reason", "from", "to", "limit", "dryRun", "repeatEffects"];

    private static readonly Dictionary<string, FailureReason> Reasons =
        Enum.GetValues<FailureReason>().ToDictionary(reason => JsonNamingPolicy.CamelCase.ConvertName(reason.ToString()));

    public required DeadLetterFilter Filter { get; init; }

    public bool DryRun { get; init; }

    public bool RepeatEffects { get; init; }

    /// <summary>What somebody wrote into the query would be overlooked, and every dead letter replayed.</summary>
    /// <exception cref="BadParameterException">A field of the body is in the query.</exception>
    public static void RefuseQuery(HttpRequest request)
    {
        if (request.Query.Keys.FirstOrDefault(key => Fields.Contains(key, StringComparer.OrdinalIgnoreCase)) is { } field)
            throw new BadParameterException(field, $"'{field}' is in the query: send it in the body, a JSON object.");
    }

    /// <exception cref="BadParameterException">A field is unknown, given twice, or holds what it does not take.</exception>
    /// <exception cref="BadBodyException">The body is no object.</exception>
    public static ReplayRequest Read(JsonElement body, int maxReplays)
    {
        if (body.ValueKind is not JsonValueKind.Object)
            throw new BadBodyException(StatusCodes.Status400BadRequest, $"The body is no JSON object. It takes one with any of: {string.Join(", ", Fields)}.");
        try
        {
            var request = new ReplayRequest { Filter = new() { Limit = Math.Min(DefaultLimit, maxReplays) } };
            var read = new HashSet<string>();
            foreach (var field in body.EnumerateObject())
            {
                if (!Fields.Contains(field.Name))
                    throw new BadParameterException(field.Name, $"'{field.Name}' is unknown. The body takes: {string.Join(", ", Fields)}.");
                if (!read.Add(field.Name))
                    throw new BadParameterException(field.Name, $"'{field.Name}' is given twice: give it once.");
                if (field.Value.ValueKind is not JsonValueKind.Null)
                    request = request.With(field.Name, field.Value, maxReplays);
            }
            if (request.Filter.From > request.Filter.To)
                throw new BadParameterException("from", "'from' is later than 'to': nothing failed between them. Give a 'from' that is not later than 'to'.");
            return request;
        }
        // Half of a surrogate pair, written as \ud800, passes for JSON until it is read.
        catch (InvalidOperationException e)
        {
            throw new BadBodyException(StatusCodes.Status400BadRequest, $"The body holds text that is not Unicode: {e.Message}");
        }
    }

    private ReplayRequest With(string field, JsonElement value, int maxReplays) => field switch
    {
        "name" => this with { Filter = Filter with { Name = Text(value) ?? throw Bad(field, "a job's name, as text") } },
        "reason" => this with { Filter = Filter with { Reason = Reason(value) ?? throw Bad(field, $"one of {string.Join(", ", Reasons.Keys)}") } },
        "from" => this with { Filter = Filter with { From = Time(field, value) } },
        "to" => this with { Filter = Filter with { To = Time(field, value) } },
        "limit" => this with { Filter = Filter with { Limit = Limit(value, maxReplays) ?? throw Bad(field, $"a whole number from 1 to {maxReplays:N0} (Api:MaxReplays)") } },
        "dryRun" => this with { DryRun = Flag(field, value) },
        _ => this with { RepeatEffects = Flag(field, value) },
    };

    private static string? Text(JsonElement value) => value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static FailureReason? Reason(JsonElement value) => Text(value) is { } text && Reasons.TryGetValue(text, out var reason) ? reason : null;

    private static DateTimeOffset Time(string field, JsonElement value) =>
        (Text(value) is { } text ? TimeText.TryParse(text) : null) ?? throw Bad(field, TimeText.Form);

    private static int? Limit(JsonElement value, int maxReplays) =>
        value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var limit) && limit >= 1 && limit <= maxReplays ? limit : null;

    private static bool Flag(string field, JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Bad(field, "true or false");

    private static BadParameterException Bad(string field, string takes) => new(field, $"'{field}' cannot be used: it takes {takes}.");
}
