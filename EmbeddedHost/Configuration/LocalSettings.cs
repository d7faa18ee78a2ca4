using System.Text.Json;

namespace EmbeddedHost.Configuration;

/// <summary>The <c>Values</c> of local.settings.json.</summary>
internal static class LocalSettings
{
    public const string FileName = "local.settings.json";

    /// <summary>Reads the file; none there is no error, as a deployed app has none.</summary>
    public static IReadOnlyDictionary<string, string?> Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (!File.Exists(path))
            return values;

        var root = JsonFile.Read(path);
        if (root.TryGetProperty("IsEncrypted", out var encrypted) && encrypted.ValueKind == JsonValueKind.True)
            throw new EmbeddedHostException($"{path} is encrypted; this host reads plain text only. Run 'func settings decrypt'.");

        if (!root.TryGetProperty("Values", out var section))
            return values;

        if (section.ValueKind != JsonValueKind.Object)
            throw new EmbeddedHostException($"{path}: Values is {section.ValueKind}; it takes an object of names and texts.");

        foreach (var value in section.EnumerateObject())
        {
            if (value.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                throw new EmbeddedHostException($"{path}: Values.{value.Name} is {value.Value.ValueKind}; a setting takes one text. Nest names with '__' instead.");

            values[value.Name.Replace("__", ":", StringComparison.Ordinal)] = value.Value.ToString();
        }

        return values;
    }
}
