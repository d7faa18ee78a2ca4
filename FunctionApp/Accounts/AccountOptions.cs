using System.ComponentModel.DataAnnotations;

namespace FunctionApp.Accounts;

/// <summary>Settings of accounts, section <c>Accounts</c>. Checked when the app starts; all errors are reported together.</summary>
public sealed class AccountOptions
{
    internal const string Section = "Accounts";

    /// <summary>The link that confirms an address works for so long. 1 minute to 30 days; default 1 day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00", ErrorMessage = "Accounts:ConfirmWithin takes 1 minute to 30 days.")]
    public TimeSpan ConfirmWithin { get; set; } = TimeSpan.FromDays(1);

    /// <summary>The link that resets a password works for so long. 1 minute to 1 day; default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00", ErrorMessage = "Accounts:ResetWithin takes 1 minute to 1 day.")]
    public TimeSpan ResetWithin { get; set; } = TimeSpan.FromHours(1);

    /// <summary>A sign-in lasts so long. 1 minute to 30 days; default 1 day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00", ErrorMessage = "Accounts:SignedInFor takes 1 minute to 30 days.")]
    public TimeSpan SignedInFor { get; set; } = TimeSpan.FromDays(1);

    /// <summary>So many wrong passwords in a row lock an account. 3 to 100; default 5.</summary>
    [Range(3, 100, ErrorMessage = "Accounts:MaxWrongPasswords takes 3 to 100.")]
    public int MaxWrongPasswords { get; set; } = 5;

    /// <summary>For how long they lock it. 1 minute to 1 day; default 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00", ErrorMessage = "Accounts:LockedFor takes 1 minute to 1 day.")]
    public TimeSpan LockedFor { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Requests that one caller's IP address may make in ten minutes, reading a profile not counted. 1 to 1,000,000; default 100.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Accounts:RequestsPerAddress takes 1 to 1,000,000 in ten minutes.")]
    public int RequestsPerAddress { get; set; } = 100;

    /// <summary>Sign-ins that may be tried for one account in ten minutes. 1 to 10,000; default 20.</summary>
    [Range(1, 10_000, ErrorMessage = "Accounts:SignInsPerAccount takes 1 to 10,000 in ten minutes.")]
    public int SignInsPerAccount { get; set; } = 20;

    /// <summary>Mails that may be asked for one account in an hour. 1 to 1,000; default 5.</summary>
    [Range(1, 1_000, ErrorMessage = "Accounts:MailsPerAccount takes 1 to 1,000 in an hour.")]
    public int MailsPerAccount { get; set; } = 5;
}
