using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Lovage.Jobs.Rules;

/// <summary>What a value must be beyond its type at one place, a parameter or a property: the place's validation attributes, and the rules of its type.</summary>
/// <param name="Attributes">The attributes.</param>
/// <param name="Type">What holds for every value of the type; null if nothing does.</param>
internal sealed record PlaceRules(IReadOnlyList<ValidationAttribute> Attributes, TypeRules? Type)
{
    /// <summary>Reads attributes, which is slow: once for each job, never for a run.</summary>
    /// <returns>Null if there is nothing to check, as with most parameters.</returns>
    /// <exception cref="InvalidOperationException">An attribute cannot be used where it stands.</exception>
    public static PlaceRules? Of(ParameterInfo parameter)
    {
        var reader = new RuleReader();
        var rules = reader.Read(parameter.ParameterType, parameter);
        return reader.FoundAny ? rules : null;
    }

    /// <summary>The first thing that is wrong with a value, to be read after the argument's name; null if nothing is.</summary>
    /// <param name="value">The value.</param>
    /// <param name="name">The argument, or the property.</param>
    /// <param name="path">Where the value is in its argument: <c>$</c> is the argument itself.</param>
    public string? FirstError(object? value, string name, string path)
    {
        foreach (var attribute in Attributes)
        {
            // What a rule may ask of its surroundings: there are none but the value.
            var context = new ValidationContext(value ?? this) { MemberName = name, DisplayName = name };
            if (attribute.GetValidationResult(value, context) != ValidationResult.Success)
                return $"{RuleText.Of(attribute, value, name)}{(path == "$" ? "" : $" (at {path})")}.";
        }
        return value is null ? null : Type?.FirstError(value, path);
    }
}
