namespace FunctionApp.Hosting.Admin.Calling;

/// <summary>What somebody may have meant.</summary>
internal static class NearNames
{
    private const int Most = 3;

    /// <summary>The names that differ in few letters, or have the word in them; the nearest first.</summary>
    public static IReadOnlyList<string> Of(string word, IEnumerable<string> names) =>
    [
        .. names.Select(name => (Name: name, Distance: name.Contains(word, StringComparison.OrdinalIgnoreCase) ? 1 : Distance(word, name)))
            .Where(near => near.Distance <= Math.Max(2, word.Length / 2))
            .OrderBy(near => near.Distance).ThenBy(near => near.Name, StringComparer.Ordinal).Take(Most).Select(near => near.Name),
    ];

    // Levenshtein, a row at a time.
    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        foreach (var (i, letter) in left.Index())
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 1; j <= right.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(diagonal + (letter == right[j - 1] ? 0 : 1), Math.Min(row[j], row[j - 1]) + 1));
        }
        return row[^1];
    }
}
