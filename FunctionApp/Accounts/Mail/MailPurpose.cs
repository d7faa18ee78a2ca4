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

    /// <summary>To choose the password of an account that was registered more than once before its address was confirmed: has a link as the one before.</summary>
    ChoosePassword,

    /// <summary>To tell an owner that the password is another now.</summary>
    PasswordChanged,

    /// <summary>To who has just confirmed.</summary>
    Welcome,
}
