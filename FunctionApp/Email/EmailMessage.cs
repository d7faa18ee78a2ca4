using System.Globalization;

namespace FunctionApp.Email;

/// <summary>A mail to one person, in two forms of the same content. What it is made of cannot add a header to it.</summary>
public sealed class EmailMessage
{
    private const int MaxSubjectCharacters = 200;

    /// <summary>Makes a mail.</summary>
    /// <param name="to">To whom.</param>
    /// <param name="subject">1 to 200 characters, none of them a control character or a line end.</param>
    /// <param name="html">The content as HTML.</param>
    /// <param name="text">The content as plain text, for those who cannot or will not read HTML.</param>
    /// <exception cref="ArgumentException">There is no address, the subject is not as it must be, or one form of the content is empty.</exception>
    public EmailMessage(EmailAddress to, string subject, string html, string text)
    {
        if (to == default)
            throw new ArgumentException("A mail needs an address. The default value of EmailAddress is none.", nameof(to));
        ArgumentException.ThrowIfNullOrWhiteSpace(subject);
        ArgumentException.ThrowIfNullOrWhiteSpace(html);
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        if (subject.Length > MaxSubjectCharacters)
            throw new ArgumentException($"The subject has {subject.Length} characters; it takes {MaxSubjectCharacters} at most.", nameof(subject));
        if (subject.Any(EndsLineOrControls))
            throw new ArgumentException("The subject has a control character or a line end in it; it could begin another header.", nameof(subject));
        (To, Subject, Html, Text) = (to, subject, html, text);
    }

    /// <summary>To whom.</summary>
    public EmailAddress To { get; }

    /// <summary>One line, 1 to 200 characters.</summary>
    public string Subject { get; }

    /// <summary>The content as HTML: a whole document.</summary>
    public string Html { get; }

    /// <summary>The content as plain text.</summary>
    public string Text { get; }

    private static bool EndsLineOrControls(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
