using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Lovage.Jobs.Rules;

/// <summary>Reads the rules of one parameter, and of all that its value can hold.</summary>
internal sealed class RuleReader
{
    // A type may hold itself.
    private readonly Dictionary<Type, TypeRules?> byType = [];

    public bool FoundAny { get; private set; }

    /// <param name="type">What the place holds.</param>
    /// <param name="places">Where its attributes stand: a record's property has them on the constructor's parameter.</param>
    public PlaceRules Read(Type type, params ReadOnlySpan<ICustomAttributeProvider?> places)
    {
        var attributes = new List<ValidationAttribute>();
        foreach (var place in places)
            attributes.AddRange((ValidationAttribute[]?)place?.GetCustomAttributes(typeof(ValidationAttribute), inherit: true) ?? []);
        // Only the framework's own: nobody knows what another's code does with a sample.
        foreach (var attribute in attributes.Where(attribute => attribute.GetType().Assembly == typeof(ValidationAttribute).Assembly))
            Try(attribute, type);
        FoundAny |= attributes.Count > 0;
        return new(attributes, OfType(type));
    }

    private TypeRules? OfType(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (byType.TryGetValue(type, out var known))
            return known;
        var json = JobJson.Options.GetTypeInfo(type);
        if (json.Kind is JsonTypeInfoKind.None)
            return byType[type] = null;
        var rules = byType[type] = new();
        foreach (var property in json.Properties.Where(property => property.Get is not null))
        {
            var place = Read(property.PropertyType, property.AttributeProvider, property.AssociatedParameter?.AttributeProvider);
            if (place.Attributes.Count > 0 || place.Type is not null)
                rules.Properties.Add((property.Name, property.Get!, place));
        }
        rules.Elements = json.ElementType is { } element ? OfType(element) : null;
        return rules;
    }

    // An attribute that does not fit its place throws when it is asked: better now than at the first caller.
    private static void Try(ValidationAttribute attribute, Type type)
    {
        try
        {
            var bare = Nullable.GetUnderlyingType(type) ?? type;
            var sample = bare.IsValueType ? Activator.CreateInstance(bare)
                : JobJson.Options.GetTypeInfo(bare).Kind is JsonTypeInfoKind.Enumerable ? JsonSerializer.Deserialize("[]", bare, JobJson.Options)
                : bare == typeof(string) ? "" : null;
            attribute.GetValidationResult(sample, new(sample ?? attribute));
        }
        catch (Exception e) when (e is InvalidOperationException or InvalidCastException or ArgumentException or FormatException)
        {
            throw new InvalidOperationException($"[{attribute.GetType().Name.Replace("Attribute", "", StringComparison.Ordinal)}] does not fit a {type.Name}: {e.Message}", e);
        }
    }
}
