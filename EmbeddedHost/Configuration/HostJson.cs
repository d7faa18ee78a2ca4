using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Configuration;

/// <summary>host.json, flattened to paths such as <c>extensions:queues:batchSize</c>; the file alone, without overrides.</summary>
internal sealed class HostJson
{
    public const string FileName = "host.json";

    /// <summary>Settings under this name override the file, as on the stock host: <c>AzureFunctionsJobHost__extensions__queues__batchSize</c>.</summary>
    public const string OverrideSection = "AzureFunctionsJobHost";

    private readonly Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);

    private HostJson(string path) => Location = path;

    public string Location { get; }

    public IEnumerable<string> Paths => values.Keys;

    public static HostJson Read(string folder)
    {
        var path = Path.Combine(Path.GetFullPath(folder), FileName);
        if (!File.Exists(path))
            throw new EmbeddedHostException($"There is no host.json: looked for {path}. It must be copied beside the program, or ContentRoot must name its folder.");

        var file = new HostJson(path);
        file.Flatten("", JsonFile.Read(path));
        return file;
    }

    /// <summary>The value in force and where it comes from; null if neither the file nor a setting has it.</summary>
    public HostJsonValue? Find(string path, IConfiguration configuration)
    {
        var key = $"{OverrideSection}:{path}";
        if (configuration[key] is { Length: > 0 } overriding)
            return new HostJsonValue(overriding, key.Replace(":", "__", StringComparison.Ordinal));

        return values.TryGetValue(path, out var value) ? new HostJsonValue(value, $"{FileName}: {path.Replace(':', '.')}") : null;
    }

    private void Flatten(string path, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
                Flatten(path.Length == 0 ? member.Name : $"{path}:{member.Name}", member.Value);
        }
        else
        {
            values[path] = element.ToString();
        }
    }
}
