namespace FunctionApp.Hosting.Admin.Output;

/// <summary>Text of others on a terminal: what a job says must not move the cursor, set colours or look like a line of ours.</summary>
internal static class PlainText
{
    public static string OneLine(string text) => Lines(text.ReplaceLineEndings(" "));

    /// <summary>The same with its line breaks.</summary>
    public static string Lines(string text) => string.Concat(text.Select(c => char.IsControl(c) && c is not '\n' ? '·' : c));

    /// <summary>One line, cut where it is too long.</summary>
    public static string Short(string text, int length) => OneLine(text) is var line && line.Length > length ? $"{line[..(length - 1)]}…" : line;
}
