using System.Text.RegularExpressions;

namespace FunctionApp.Hosting.Mailbox;

/// <summary>How a mail's HTML is shown: as a mail client would, without trust.</summary>
internal static partial class MailFrame
{
    /// <summary>A click may lead the window to where the link says; nothing else.</summary>
    public const string Sandbox = "allow-top-navigation-by-user-activation allow-popups";

    private const string Target = "<base target=\"_top\">";

    /// <summary>Within the head if it has one: before it the document would lose its type.</summary>
    public static string Content(string html) => Head().Match(html) is { Success: true } head ? html.Insert(head.Index + head.Length, Target) : Target + html;

    [GeneratedRegex("<head(\\s[^>]*)?>", RegexOptions.IgnoreCase)]
    private static partial Regex Head();
}
