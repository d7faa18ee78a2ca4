using FunctionApp.Email;
using Lovage.Jobs;
using Microsoft.Extensions.Configuration;

namespace FunctionApp.Hosting.Mailbox;

/// <summary>Puts mails where a developer reads them. Each sending is a mail of its own, so that one that was sent twice shows.</summary>
internal sealed class MailboxEmailSender(MailboxFolder folder, IConfiguration configuration, TimeProvider time) : IEmailSender
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    public async Task SendAsync(EmailMessage message, string key, CancellationToken cancellation)
    {
        EmailKey.Check(key);
        if (cancellation.IsCancellationRequested)
            throw new RetryJobException(TimeSpan.Zero, "The job was cancelled before the mail was sent.");
        var now = time.GetUtcNow();
        try
        {
            await folder.AddAsync(new(Guid.CreateVersion7(now), message.To.Text, From(), message.Subject, now, key, message.Html, message.Text));
        }
        // Without its file there is no mail.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RetryJobException(Pause, $"The mailbox cannot be written ({MailboxFolder.Setting}): {e.Message}", e);
        }
    }

    private string? From() => (configuration["SendGrid:FromName"], configuration["SendGrid:FromAddress"]) switch
    {
        (_, null or "") => null,
        (null or "", var address) => address,
        var (name, address) => $"{name} <{address}>",
    };
}
