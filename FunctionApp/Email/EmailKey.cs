using Lovage.Jobs;

namespace FunctionApp.Email;

/// <summary>What <see cref="IEmailSender"/> takes as a mail's key: it becomes a header's value.</summary>
internal static class EmailKey
{
    private const int MaxCharacters = 100;

    /// <exception cref="RejectJobException">It takes another.</exception>
    public static void Check(string key)
    {
        if (key is not { Length: > 0 and <= MaxCharacters } || key.Any(c => c is <= ' ' or > '~'))
            throw new RejectJobException($"A mail's key has 1 to {MaxCharacters} characters of printable ASCII without spaces; this one has not. Nothing was sent.");
    }
}
