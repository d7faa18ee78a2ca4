using SendGrid.Helpers.Mail;

namespace FunctionApp.Email.SendGrid;

/// <summary>A mail as SendGrid takes it.</summary>
internal static class SendGridMail
{
    /// <summary>The header, and the custom argument of SendGrid's events, that has the mail's key.</summary>
    public const string KeyHeader = "X-Lovage-Key";

    private const string KeyArgument = "lovage-key";

    public static SendGridMessage Of(EmailMessage message, string key, SendGridOptions settings)
    {
        var mail = new SendGridMessage
        {
            From = new(settings.FromAddress, string.IsNullOrEmpty(settings.FromName) ? null : settings.FromName),
            Subject = message.Subject,
            PlainTextContent = message.Text,
            HtmlContent = message.Html,
            Headers = new() { [KeyHeader] = key },
            CustomArgs = new() { [KeyArgument] = key },
        };
        mail.AddTo(message.To.Text);
        // Links stay as they are, for people to read before they click, and no picture tells who has opened the mail.
        mail.SetClickTracking(enable: false, enableText: false);
        mail.SetOpenTracking(enable: false, substitutionTag: null);
        if (settings.Sandbox)
            mail.SetSandBoxMode(true);
        return mail;
    }
}
