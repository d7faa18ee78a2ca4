using System.ComponentModel.DataAnnotations;

namespace FunctionApp.Accounts.Forms;

/// <summary>What the link of a confirming mail holds.</summary>
internal sealed class ConfirmForm
{
    [Required, AccountIdField]
    public string? User { get; init; }

    [Required, MaxLength(AccountLimits.LongestToken)]
    public string? Token { get; init; }
}
