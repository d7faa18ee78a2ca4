using FunctionApp.Http;

namespace FunctionApp.Hosting.Mailbox;

/// <summary>The look of the mailbox: that of the page with the jobs, and a little more.</summary>
internal static class MailboxStyles
{
    private static readonly Lazy<string> All = new(() => $"{PageAssets.Read("DocsPage/styles.css")}\n{PageAssets.Read("Mailbox/mailbox.css")}");

    public static string Content => All.Value;

    /// <summary>A browser takes these styles and shows mails in frames; it runs and loads nothing.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src {PageAssets.Hash(Content)}; frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}
