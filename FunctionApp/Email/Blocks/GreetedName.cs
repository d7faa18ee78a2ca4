using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FunctionApp.Email.Blocks;

/// <summary>
/// A name that somebody typed, as it may stand in a mail to an address that somebody typed: the two need not belong together. So it is one line, short,
/// and nothing that a mail client would make a link of; who registers a stranger's address cannot send them a message of their own.
/// </summary>
internal static partial class GreetedName
{
    private const int MaxCharacters = 60;

    /// <returns>The name, or null if there is none that may be used.</returns>
    public static string? Of(string? name)
    {
        var clean = new StringBuilder();
        foreach (var rune in (name ?? "").EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                clean.Append(' ');
            // Invisible, such as what turns the direction of writing; some scripts need the joiners.
            else if (Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Format || rune.Value is 0x200C or 0x200D)
                clean.Append(rune);
        }
        var line = Spaces().Replace(clean.ToString(), " ").Trim();
        return line.Length is 0 or > MaxCharacters || LikeALink().IsMatch(line) ? null : line;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    // An address, or the dot within a host's name; not the dot of "J. R. R." or "Dr. Ada".
    [GeneratedRegex(@"[/\\@:]|\.\w{2,}")]
    private static partial Regex LikeALink();
}
