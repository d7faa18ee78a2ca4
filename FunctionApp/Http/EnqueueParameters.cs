using System.Globalization;
using Lovage.Client;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Http;

/// <summary>What a caller says of a job beside its arguments: each in the query, or in a header.</summary>
internal static class EnqueueParameters
{
    private const string IdempotencyKey = "Idempotency-Key";

    /// <summary>True for what the engine calls an option of an enqueued job.</summary>
    public static bool IsOption(string name) => name is nameof(EnqueueOptions.Delay) or nameof(EnqueueOptions.NotBefore) or nameof(EnqueueOptions.Expires)
        or nameof(EnqueueOptions.ExpiresAfter) or nameof(EnqueueOptions.MaxAttempts) or nameof(EnqueueOptions.TimeLimit) or nameof(EnqueueOptions.IdempotencyKey);

    /// <exception cref="BadParameterException">One cannot be read, or is given twice.</exception>
    public static EnqueueOptions Read(HttpRequest request)
    {
        var expires = Find(request, "expires", "Lovage-Expires");
        var expiresAt = expires is { } at ? TimeText.TryParse(at.Value) : null;
        return new()
        {
            Delay = Duration(Find(request, "delay", "Lovage-Delay")),
            NotBefore = Find(request, "notBefore", "Lovage-Not-Before") is { } notBefore
                ? TimeText.TryParse(notBefore.Value) ?? throw Bad(notBefore, TimeText.Form) : null,
            Expires = expiresAt,
            ExpiresAfter = expires is { } after && expiresAt is null
                ? DurationText.TryParse(after.Value) ?? throw Bad(after, $"a time (ISO 8601), or from now {DurationText.Form}") : null,
            MaxAttempts = Find(request, "maxAttempts", "Lovage-Max-Attempts") is { } attempts
                ? int.TryParse(attempts.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Bad(attempts, "a whole number from 1 to 100") : null,
            TimeLimit = Duration(Find(request, "timeLimit", "Lovage-Time-Limit")),
            IdempotencyKey = One(IdempotencyKey, request.Headers[IdempotencyKey]) is { } key ? key : null,
        };
    }

    private static TimeSpan? Duration((string Name, string Value)? given) => given is not { } parameter
        ? null
        : DurationText.TryParse(parameter.Value) ?? throw Bad(parameter, DurationText.Form);

    private static (string Name, string Value)? Find(HttpRequest request, string query, string header)
    {
        var (inQuery, inHeader) = (One(query, request.Query[query]), One(header, request.Headers[header]));
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
