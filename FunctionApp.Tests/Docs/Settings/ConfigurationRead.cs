using System.Text.RegularExpressions;

namespace FunctionApp.Tests.Docs.Settings;

/// <summary>A place in the sources that reads a key of the configuration.</summary>
/// <param name="File">The file.</param>
/// <param name="Key">The key; what a variable holds is <see cref="Variable"/>. Keys of host.json begin as those of its overrides do.</param>
/// <param name="Binds">Whether a whole section is bound to options.</param>
internal sealed partial record ConfigurationRead(string File, string Key, bool Binds)
{
    public const string Variable = "<>";

    public const string HostJson = "AzureFunctionsJobHost:";

    private static readonly string[] Projects = ["FunctionApp", "Lovage", "Lovage.EntityFrameworkCore", "EmbeddedHost", "LocalServers"];

    public static IReadOnlyList<ConfigurationRead> All { get; } = Scan();

    private static ConfigurationRead[] Scan()
    {
        var files = Projects.SelectMany(Repository.Sources).ToDictionary(file => file, Repository.Read);
        var constants = (
            from file in files
            from constant in Constant().Matches(file.Value)
            let type = Path.GetFileNameWithoutExtension(file.Key)
            select (Name: $"{type}.{constant.Groups[1].Value}", constant.Groups[2].Value)).DistinctBy(constant => constant.Name).ToDictionary(constant => constant.Name, constant => constant.Value);
        return [..
            from file in files
            let type = Path.GetFileNameWithoutExtension(file.Key)
            from Match read in Read().Matches(file.Value)
            let key = Resolve(read.Groups["key"].Value, type, constants)
            select new ConfigurationRead(file.Key, read.Groups["file"].Success ? HostJson + key : key.Replace("__", ":", StringComparison.Ordinal), read.Groups["bind"].Success)];
    }

    private static string Resolve(string text, string type, Dictionary<string, string> constants)
    {
        if (text[0] is '"')
            return text.Trim('"', '%');
        if (text[0] is '$')
            return Hole().Replace(text.Trim('$', '"'), hole => Resolve(hole.Groups[1].Value, type, constants));
        return constants.GetValueOrDefault(text.Contains('.', StringComparison.Ordinal) ? text : $"{type}.{text}") ?? Variable;
    }

    // An index, a section, what a helper is given beside the configuration, and what triggers take from the settings: "%LovageQueue%".
    // The app calls host.json so where it reads the file itself.
    [GeneratedRegex("""
        (?:[cC]onfiguration|IConfiguration>\(\)|(?<file>hostJson))\[(?<key>[^\]]+)\]
        |\b(?<bind>BindConfiguration)\((?<key>[^)]+)\)
        |\bGet(?:Section|ConnectionString)\((?<key>[^)]+)\)(?<bind>\)|\.Bind\()?
        |\((?:configuration|(?<file>hostJson)),[ ](?<key>\$?"[^"]*"|[A-Z]\w+)\)
        |Trigger\((?<key>"%\w+%)
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Read();

    [GeneratedRegex("""const string (\w+) = "([^"]*)";""")]
    private static partial Regex Constant();

    [GeneratedRegex(@"\{([^}]+)\}")]
    private static partial Regex Hole();
}
