using System.ComponentModel.DataAnnotations;

namespace FunctionApp.Accounts.Forms;

/// <summary>What the link of a resetting mail holds, and the new password.</summary>
internal sealed class ResetForm
{
    [Required, AccountIdField]
    public string? User { get; init; }

    [Required, MaxLength(AccountLimits.LongestToken)]
    public string? Token { get; init; }

    [Required, PasswordField]
    public string? Password { get; init; }
}
