using EmbeddedHost.Catalog;
using EmbeddedHost.Configuration;
using Microsoft.AspNetCore.Routing.Patterns;

namespace EmbeddedHost.Http;

/// <summary>Two functions with one method and one route: requests could not be told apart.</summary>
internal static class RouteConflicts
{
    public static void Check(IEnumerable<FunctionEntry> functions, Problems problems)
    {
        var owners = new Dictionary<(string Method, string Route), string>();
        foreach (var function in functions.Where(f => !f.Disabled))
        {
            if (function.Trigger is not HttpTriggerEntry http)
                continue;

            var shape = Shape(http.Pattern);
            string[] methods = http.Methods.Count == 0 ? ["any method"] : [.. http.Methods];
            foreach (var method in methods)
            {
                if (!owners.TryAdd((method, shape), function.Name))
                    problems.Add($"Functions '{owners[(method, shape)]}' and '{function.Name}' both answer {method} on '{http.Pattern.RawText}'. Change the route or the methods of one.");
            }
        }
    }

    // Placeholders match alike whatever their names; their constraints tell them apart.
    private static string Shape(RoutePattern pattern) => string.Join('/', pattern.PathSegments.Select(s => string.Concat(s.Parts.Select(part => part switch
    {
        RoutePatternParameterPart p => $"{{{(p.IsCatchAll ? "*" : "")}{string.Join(':', p.ParameterPolicies.Select(c => c.Content))}}}",
        RoutePatternLiteralPart literal => literal.Content.ToLowerInvariant(),
        RoutePatternSeparatorPart separator => separator.Content,
        _ => "",
    }))));
}
