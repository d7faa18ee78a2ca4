using System.ComponentModel.DataAnnotations;

namespace FunctionApp.Email.SendGrid;

/// <summary>How mails are sent by SendGrid, section <c>SendGrid</c>. Checked with the first mail, so that an app that sends none needs none of it.</summary>
internal sealed class SendGridOptions
{
    public const string Section = "SendGrid";

    /// <summary>A key that may send mails, and nothing else.</summary>
    [Required(ErrorMessage = "SendGrid:ApiKey is not set.")]
    [RegularExpression("[!-~]+", ErrorMessage = "SendGrid:ApiKey takes printable ASCII without spaces.")]
    public string ApiKey { get; set; } = "";

    /// <summary>The sender, which SendGrid must know as verified.</summary>
    [Required(ErrorMessage = "SendGrid:FromAddress is not set.")]
    public string FromAddress { get; set; } = "";

    /// <summary>The sender's name; none by default.</summary>
    [RegularExpression(@"[^\p{Cc}\p{Zl}\p{Zp}]{0,100}", ErrorMessage = "SendGrid:FromName takes one line of 100 characters at most.")]
    public string? FromName { get; set; }

    /// <summary>True: SendGrid checks each mail and delivers none. Default: false.</summary>
    public bool Sandbox { get; set; }

    /// <summary>Where SendGrid is: https, or http on this machine for tests. Default: its global address; the European one is https://api.eu.sendgrid.com.</summary>
    public string Host { get; set; } = "https://api.sendgrid.com";

    /// <summary>How long its answer may take, 1 to 100 seconds; after that nobody knows. Default: 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:40", ErrorMessage = "SendGrid:Timeout takes 1 to 100 seconds.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);
}
