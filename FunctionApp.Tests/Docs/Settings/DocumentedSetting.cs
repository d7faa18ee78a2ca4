using System.Text.RegularExpressions;

namespace FunctionApp.Tests.Docs.Settings;

/// <summary>A row of a table of docs/configuration.md.</summary>
/// <param name="Names">What its first cell names; several where there is nothing to say about each.</param>
/// <param name="Cells">Its other cells, by the head of their column.</param>
internal sealed partial record DocumentedSetting(IReadOnlyList<string> Names, IReadOnlyDictionary<string, string> Cells)
{
    private static readonly string Document = Repository.Read("docs/configuration.md").ReplaceLineEndings("\n");

    /// <summary>Settings of the app and of the hosts.</summary>
    public static IReadOnlyList<DocumentedSetting> Settings { get; } = [.. Tables().Where(row => row.Cells.ContainsKey("setting") && !row.Cells.ContainsKey("here"))];

    /// <summary>Keys of host.json.</summary>
    public static IReadOnlyList<DocumentedSetting> HostJson { get; } = [.. Tables().Where(row => row.Cells.ContainsKey("here"))];

    /// <summary>Options that are set in code alone.</summary>
    public static IReadOnlyList<DocumentedSetting> InCode { get; } = [.. Tables().Where(row => row.Cells.ContainsKey("option"))];

    public string Name => Names[0];

    /// <summary>What holds everywhere, without where it is another.</summary>
    public string Default => Cells["default"].Split(';')[0].TrimEnd();

    /// <summary>Without what bounds it besides.</summary>
    public string Range => Cells["range"].Split(", ")[0];

    public static DocumentedSetting? Find(string name) => Settings.Concat(InCode).SingleOrDefault(row => row.Names.Contains(name));

    private static IEnumerable<DocumentedSetting> Tables()
    {
        foreach (var lines in Table().Matches(Document).Select(table => table.Value.TrimEnd('\n').Split('\n')))
        {
            var heads = Split(lines[0]);
            foreach (var cells in lines[2..].Select(Split))
            {
                Assert.Equal(heads.Length, cells.Length);
                yield return new([.. Code().Matches(cells[0]).Select(name => name.Groups[1].Value)], heads.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second));
            }
        }
    }

    private static string[] Split(string line) => [.. line.Split('|')[1..^1].Select(cell => cell.Trim())];

    [GeneratedRegex(@"^\|.+\|\n\|[-|]+\|\n(?:\|.+\|\n)+", RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
