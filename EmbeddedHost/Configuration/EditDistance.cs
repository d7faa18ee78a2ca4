namespace EmbeddedHost.Configuration;

/// <summary>How many letters have to be typed differently to get from one word to another.</summary>
internal static class EditDistance
{
    /// <summary>Near enough to be a slip of the fingers: at most two letters, and fewer than half of them.</summary>
    public static bool IsNear(string left, string right) => Between(left.ToLowerInvariant(), right.ToLowerInvariant()) <= Math.Min(2, left.Length / 3);

    private static int Between(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substituted = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
