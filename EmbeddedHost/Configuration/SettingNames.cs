using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Configuration;

/// <summary>Replaces <c>%Setting%</c>, also inside a longer name.</summary>
internal sealed partial class SettingNames(IConfiguration configuration)
{
    /// <summary>Replaces all settings, or tells which one is missing.</summary>
    public string Resolve(string text, string where, Problems problems) => Placeholder().Replace(text, match =>
    {
        var name = match.Groups[1].Value;
        var value = configuration[name.Replace("__", ":", StringComparison.Ordinal)];
        if (!string.IsNullOrEmpty(value))
            return value;

        problems.AddOnce(name, $"{where} needs the setting '{name}' ('{text}'), which is not set. Add it to {LocalSettings.FileName} or the environment.");
        return match.Value;
    });

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Placeholder();
}
