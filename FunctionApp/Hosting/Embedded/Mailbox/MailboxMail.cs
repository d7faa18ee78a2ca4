using System.Net;
using System.Text.RegularExpressions;

namespace FunctionApp.Hosting.Mailbox;

/// <summary>A mail in the mailbox. Public as Razor components are, which take it.</summary>
/// <param name="Id">Of this sending: a mail that is sent twice is there twice.</param>
/// <param name="To">The address.</param>
/// <param name="From">As SendGrid would be told; null where that is not set.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Sent">When.</param>
/// <param name="Key">What the sender was told, the same for each sending of one mail.</param>
/// <param name="Html">A whole document.</param>
/// <param name="Text">The other form.</param>
public sealed partial record MailboxMail(Guid Id, string To, string? From, string Subject, DateTimeOffset Sent, string Key, string Html, string Text)
{
    /// <summary>Where its links lead, each once, in order.</summary>
    public IEnumerable<string> Links() => Anchor().Matches(Html).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value + match.Groups[2].Value)).Distinct(StringComparer.Ordinal);

    [GeneratedRegex("""<a\s[^>]*?href\s*=\s*(?:"([^"]*)"|'([^']*)')""", RegexOptions.IgnoreCase)]
    private static partial Regex Anchor();
}
