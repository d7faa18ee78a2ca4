using EmbeddedHost.Catalog;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Http;

/// <summary>An HTTP trigger.</summary>
/// <param name="Parameter">The parameter that carries the attribute.</param>
/// <param name="Methods">The methods it answers, in capitals; empty means all.</param>
/// <param name="Pattern">The whole route, prefix included.</param>
/// <param name="Level">Whether it asks for a key.</param>
internal sealed record HttpTriggerEntry(string Parameter, IReadOnlyList<string> Methods, RoutePattern Pattern, AuthorizationLevel Level)
    : TriggerEntry(TriggerKind.Http, Parameter)
{
    // Paths of the host itself. The stock host refuses a route that begins with one of these letters, whatever the prefix.
    private static readonly string[] Reserved = ["admin", "runtime"];

    public override string BindingType => "httpTrigger";

    public static HttpTriggerEntry? Read(HttpTriggerAttribute attribute, string parameter, string function, string prefix, List<string> reasons)
    {
        var route = string.IsNullOrEmpty(attribute.Route) ? function : attribute.Route.TrimStart('/');
        var whole = prefix.Length == 0 ? route : $"{prefix}/{route}";
        try
        {
            var pattern = RoutePatternFactory.Parse(whole);
            var taken = Reserved.Any(path => route.StartsWith(path, StringComparison.OrdinalIgnoreCase)) ? route
                : Reserved.Contains(whole.Split('/')[0], StringComparer.OrdinalIgnoreCase) ? whole
                : null;
            if (taken is not null)
                reasons.Add($"its route '{taken}' begins with a path of the host ({string.Join(", ", Reserved)}); choose another");

            if (attribute.AuthLevel is not (AuthorizationLevel.Anonymous or AuthorizationLevel.Function))
                reasons.Add($"its level is {nameof(AuthorizationLevel)}.{attribute.AuthLevel}, and this host has no such key; use {nameof(AuthorizationLevel.Function)} and let the app check what else it asks for");

            return new HttpTriggerEntry(parameter, [.. attribute.Methods?.Select(m => m.ToUpperInvariant()).Distinct() ?? []], pattern, attribute.AuthLevel);
        }
        catch (RoutePatternException exception)
        {
            reasons.Add($"its route '{whole}' cannot be read: {exception.Message.TrimEnd('.')}");
            return null;
        }
    }

    public override HostedFunction Describe(string function, bool disabled, Uri baseAddress) =>
        new(function, Kind, Methods, baseAddress + Pattern.RawText, Queue: null, Schedule: null, disabled);
}
