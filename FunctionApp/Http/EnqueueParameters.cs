using System.Globalization;
using Lovage.Client;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Http;

/// <summary>What a caller says of a job beside its arguments: each in the query, or in a header; of one of many jobs in its options.</summary>
internal static class EnqueueParameters
{
    private const string IdempotencyKey = "Idempotency-Key";

    /// <summary>Finds a parameter.</summary>
    /// <param name="name">Its name in the query and among options.</param>
    /// <param name="header">Its name as a header.</param>
    /// <returns>Its name as it was sent, and its text; null if it was not sent.</returns>
    public delegate (string Name, string Value)? Source(string name, string header);

    /// <summary>True for what the engine calls an option of an enqueued job.</summary>
    public static bool IsOption(string name) => name is nameof(EnqueueOptions.Delay) or nameof(EnqueueOptions.NotBefore) or nameof(EnqueueOptions.Expires)
        or nameof(EnqueueOptions.ExpiresAfter) or nameof(EnqueueOptions.MaxAttempts) or nameof(EnqueueOptions.TimeLimit) or nameof(EnqueueOptions.IdempotencyKey);

    /// <exception cref="BadParameterException">One cannot be read, or is given twice.</exception>
    public static EnqueueOptions Read(HttpRequest request) => Read((name, header) => Find(request, name, header));

    /// <exception cref="BadParameterException">One cannot be read.</exception>
    public static EnqueueOptions Read(Source find)
    {
        var expires = find("expires", "Lovage-Expires");
        var expiresAt = expires is { } at ? TimeText.TryParse(at.Value) : null;
        return new()
        {
            Delay = Duration(find("delay", "Lovage-Delay")),
            NotBefore = find("notBefore", "Lovage-Not-Before") is { } notBefore
                ? TimeText.TryParse(notBefore.Value) ?? throw Bad(notBefore, TimeText.Form) : null,
            Expires = expiresAt,
            ExpiresAfter = expires is { } after && expiresAt is null
                ? DurationText.TryParse(after.Value) ?? throw Bad(after, $"a time (ISO 8601), or from now {DurationText.Form}") : null,
            MaxAttempts = find("maxAttempts", "Lovage-Max-Attempts") is { } attempts
                ? int.TryParse(attempts.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Bad(attempts, "a whole number from 1 to 100") : null,
            TimeLimit = Duration(find("timeLimit", "Lovage-Time-Limit")),
            IdempotencyKey = find("idempotencyKey", IdempotencyKey)?.Value,
        };
    }

    /// <summary>Many jobs have their options each: given once for all of them they would be ignored.</summary>
    /// <exception cref="BadParameterException">One is given.</exception>
    public static void RefuseForAll(HttpRequest request) => Read((name, header) => Find(request, name, header) is { } given
        ? throw new BadParameterException(given.Name, $"'{given.Name}' is not for many jobs at once: say it of each, as '{name}' in its options.")
        : null);

    private static TimeSpan? Duration((string Name, string Value)? given) => given is not { } parameter
        ? null
        : DurationText.TryParse(parameter.Value) ?? throw Bad(parameter, DurationText.Form);

    private static (string Name, string Value)? Find(HttpRequest request, string query, string header)
    {
        // A key may tell something of a person: it stays out of addresses, which are logged.
        var inQuery = header == IdempotencyKey ? null : One(query, request.Query[query]);
        var inHeader = One(header, request.Headers[header]);
        if (inQuery is not null && inHeader is not null)
            throw new BadParameterException(query, $"'{query}' is given in the query and as header '{header}': give one of them.");
        return inQuery is not null ? (query, inQuery) : inHeader is not null ? (header, inHeader) : null;
    }

    private static string? One(string name, Microsoft.Extensions.Primitives.StringValues values) => values.Count switch
    {
        0 => null,
        1 => values[0],
        _ => throw new BadParameterException(name, $"'{name}' is given {values.Count} times: give it once."),
    };

    private static BadParameterException Bad((string Name, string Value) parameter, string takes) =>
        new(parameter.Name, $"'{parameter.Name}' cannot be read: it takes {takes}.");
}
