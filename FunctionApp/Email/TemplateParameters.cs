using System.Reflection;
using Microsoft.AspNetCore.Components;

namespace FunctionApp.Email;

/// <summary>The compiler checks a template's parameters where markup uses it; code does not, so they are checked here.</summary>
internal static class TemplateParameters
{
    /// <exception cref="ArgumentException">They are not what the template takes.</exception>
    public static void Check(Type template, IReadOnlyDictionary<string, object?> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var taken = template.GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute))).ToArray();
        var unknown = parameters.Keys.Except(taken.Select(property => property.Name), StringComparer.Ordinal).ToArray();
        var missing = taken.Where(property => property.IsDefined(typeof(EditorRequiredAttribute)) && parameters.GetValueOrDefault(property.Name) is null).ToArray();
        if (unknown.Length + missing.Length == 0)
            return;
        var names = string.Join(", ", taken.Select(property => property.Name));
        throw new ArgumentException(
            unknown.Length > 0
                ? $"Template {template.Name} has no parameter {string.Join(", ", unknown)}; it takes {names}."
                : $"Template {template.Name} needs {string.Join(", ", missing.Select(property => property.Name))}; it takes {names}.",
            nameof(parameters));
    }
}
