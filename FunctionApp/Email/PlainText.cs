using System.Net;
using System.Text.RegularExpressions;

namespace FunctionApp.Email;

/// <summary>
/// Makes plain text of what a template renders for it. Everything that a person typed is encoded there, so what looks like markup is the template's own,
/// and a line begins only where the template begins one.
/// </summary>
internal static partial class PlainText
{
    public static string Of(string rendered) =>
        string.Join("\n\n", Block().Matches(rendered).Select(block => Lines(block.Groups[1].Value)).Where(lines => lines.Length > 0)) + "\n";

    private static string Lines(string block) => string.Join('\n', Break().Split(block).Select(Line)).Trim('\n');

    // White space of the template first, then that which was hidden in what a person typed.
    private static string Line(string markup) => OneSpace(WebUtility.HtmlDecode(Tag().Replace(markup, "")));

    private static string OneSpace(string text) => Space().Replace(text, " ").Trim();

    [GeneratedRegex("<p>(.*?)</p>", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"<br\s*/?>")]
    private static partial Regex Break();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"[\s\p{Cc}\p{Zl}\p{Zp}]+")]
    private static partial Regex Space();
}
