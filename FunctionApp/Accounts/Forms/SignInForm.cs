using System.ComponentModel.DataAnnotations;

namespace FunctionApp.Accounts.Forms;

/// <summary>Who wants to sign in. The password may be any: it is compared, not chosen.</summary>
internal sealed class SignInForm
{
    [Required, EmailAddressField]
    public string? Email { get; init; }

    [Required, MaxLength(AccountLimits.LongestPassword)]
    public string? Password { get; init; }
}
