using System.Security.Cryptography;
using System.Text;

namespace FunctionApp.Hosting.Mailbox;

/// <summary>The look of the mailbox: that of the page with the jobs, and a little more.</summary>
internal static class MailboxStyles
{
    private static readonly Lazy<string> All = new(() => $"{Read("DocsPage/styles.css")}\n{Read("Mailbox/mailbox.css")}");

    public static string Content => All.Value;

    /// <summary>A browser takes these styles and shows mails in frames; it runs and loads nothing.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Content)))}'; frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // A checkout may have other line ends; a browser hashes what it reads, with these.
    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(MailboxStyles).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
