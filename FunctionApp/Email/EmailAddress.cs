using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace FunctionApp.Email;

/// <summary>
/// Where a mail goes. Takes what a browser takes in an input of type email, which is what people can type: no display names, no quoted or
/// non-ASCII local parts, no comments. So it can hold nothing that a mail's header would read as more than an address.
/// </summary>
public readonly partial record struct EmailAddress
{
    // What a mail server need take (RFC 5321, 4.5.3.1): a path of 256 with its angle brackets, and a local part of 64.
    private const int MaxCharacters = 254;
    private const int MaxLocalPartCharacters = 64;

    private EmailAddress(string text) => Text = text;

    /// <summary>As it was given. Null only in the default value, which is no address.</summary>
    public string Text { get; }

    /// <summary>Reads an address: 254 characters at most, 64 of them before the @.</summary>
    /// <param name="text">What was typed. Spaces around it are not taken away.</param>
    /// <param name="address">The address, or the default value.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out EmailAddress address)
    {
        var isAddress = text is { Length: <= MaxCharacters } && text.IndexOf('@', StringComparison.Ordinal) <= MaxLocalPartCharacters && Rule().IsMatch(text);
        address = isAddress ? new(text!) : default;
        return isAddress;
    }

    /// <summary>The address itself. Keep it out of logs.</summary>
    public override string ToString() => Text ?? "";

    // The HTML standard's "valid email address", with \z: $ would let a line end follow.
    [GeneratedRegex(@"\A[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Rule();
}
