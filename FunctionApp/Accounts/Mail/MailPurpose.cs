namespace FunctionApp.Accounts.Mail;

/// <summary>Why a mail is sent. A queue holds this and an account's id, and so nothing that opens an account.</summary>
public enum MailPurpose
{
    /// <summary>To find out whether an address belongs to who registered with it: has a link that confirms it.</summary>
    ConfirmAddress,

    /// <summary>To an owner whose address somebody wanted to register again.</summary>
    AddressInUse,

    /// <summary>To choose a new password: has a link that lets do so.</summary>
    ResetPassword,

    /// <summary>To tell an owner that the password is another now.</summary>
    PasswordChanged,

    /// <summary>To who has just confirmed.</summary>
    Welcome,
}
