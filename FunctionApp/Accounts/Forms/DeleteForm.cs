using System.ComponentModel.DataAnnotations;

namespace FunctionApp.Accounts.Forms;

/// <summary>Once more the password, so that a sign-in that was left open somewhere deletes nothing.</summary>
internal sealed class DeleteForm
{
    [Required, MaxLength(AccountLimits.LongestPassword)]
    public string? Password { get; init; }
}
