using System.Globalization;
using Lovage.Listing;
using Microsoft.AspNetCore.Http;

namespace FunctionApp.Http.Listing;

/// <summary>Which jobs a caller asks for, in the query.</summary>
internal static class ListParameters
{
    private static readonly string[] Names = ["state", "name", "from", "to", "cursor", "limit"];

    /// <summary>True for what the engine calls a property of a query.</summary>
    public static bool IsParameter(string name) => name is nameof(JobQuery.Cursor) or nameof(JobQuery.Limit);

    /// <exception cref="BadParameterException">One cannot be read, is given twice, or is none: a filter that is not applied shows too much.</exception>
    public static JobQuery Read(HttpRequest request)
    {
        // The key is the host's.
        if (request.Query.Keys.FirstOrDefault(key => key != "code" && !Names.Contains(key)) is { } unknown)
            throw new BadParameterException(unknown, $"'{unknown}' is no parameter of this list; it takes {string.Join(", ", Names)}.");
        var query = new JobQuery
        {
            State = One(request, "state") is { } state ? StateText.TryParse(state) ?? throw Bad("state", $"one of {string.Join(", ", StateText.All)}") : null,
            Name = One(request, "name"),
            From = Time(request, "from"),
            To = Time(request, "to"),
            Cursor = One(request, "cursor"),
        };
        if (query.From > query.To)
            throw new BadParameterException("from", "'from' is later than 'to': no job is between them.");
        return One(request, "limit") is { } limit ? query with { Limit = int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Bad("limit", "1 to 1000") } : query;
    }

    private static DateTimeOffset? Time(HttpRequest request, string name) =>
        One(request, name) is { } time ? TimeText.TryParse(time) ?? throw Bad(name, TimeText.Form) : null;

    private static string? One(HttpRequest request, string name) => request.Query[name] switch
    {
        { Count: 0 } => null,
        [{ Length: > 0 } value] => value,
        { Count: 1 } => throw new BadParameterException(name, $"'{name}' is empty: leave it out if it does not matter."),
        var values => throw new BadParameterException(name, $"'{name}' is given {values.Count} times: give it once."),
    };

    private static BadParameterException Bad(string name, string takes) => new(name, $"'{name}' cannot be read: it takes {takes}.");
}
