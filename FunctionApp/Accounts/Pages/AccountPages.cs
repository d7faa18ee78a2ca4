namespace FunctionApp.Accounts.Pages;

/// <summary>The pages for people: what mails link to, and where one registers and signs in. All that they do, they ask of the functions beside them.</summary>
internal static class AccountPages
{
    /// <summary>Register, sign in, ask for a new password; once signed in, the profile.</summary>
    public static AccountPage Account { get; } = new("account", "Your account", "session", "mailbox", "profile");

    /// <summary>A button that confirms an address. A scanner that follows the link of a mail changes nothing.</summary>
    public static AccountPage Confirm { get; } = new("confirm", "Confirm your address", "link");

    /// <summary>A form for a new password.</summary>
    public static AccountPage Reset { get; } = new("reset", "Choose a new password", "link");
}
