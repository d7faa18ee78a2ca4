namespace EmbeddedHost.Catalog;

/// <summary>How types are named to the user.</summary>
internal static class Names
{
    public static string Of(Attribute attribute)
    {
        var name = attribute.GetType().Name;
        return name.EndsWith("Attribute", StringComparison.Ordinal) ? name[..^"Attribute".Length] : name;
    }
}
