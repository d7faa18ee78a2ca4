using System.Collections;

namespace Lovage.Jobs.Rules;

/// <summary>What holds for every value of a type: for its properties, or for its elements.</summary>
internal sealed class TypeRules
{
    /// <summary>The properties that are read from JSON.</summary>
    public List<(string Name, Func<object, object?> Get, PlaceRules Rules)> Properties { get; } = [];

    /// <summary>Of a list's elements, or of a dictionary's values.</summary>
    public TypeRules? Elements { get; set; }

    // Not deeper than the JSON was that the value was read from.
    public string? FirstError(object value, string path)
    {
        foreach (var (name, get, rules) in Properties)
        {
            if (rules.FirstError(get(value), name, $"{path}.{name}") is { } error)
                return error;
        }
        return Elements is not null && value is IEnumerable elements ? FirstErrorAmong(elements, path) : null;
    }

    private string? FirstErrorAmong(IEnumerable elements, string path)
    {
        var index = 0;
        foreach (var element in elements is IDictionary dictionary ? dictionary.Values : elements)
        {
            if (element is not null && Elements!.FirstError(element, $"{path}[{index}]") is { } error)
                return error;
            index++;
        }
        return null;
    }
}
