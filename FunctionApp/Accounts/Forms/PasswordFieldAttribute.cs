using System.ComponentModel.DataAnnotations;

namespace FunctionApp.Accounts.Forms;

/// <summary>A new password. Any characters: what makes it good is its length.</summary>
internal sealed class PasswordFieldAttribute()
    : StringLengthAttribute(AccountLimits.LongestPassword)
{
    public override bool IsValid(object? value) => value is not string text || (text.Length >= AccountLimits.ShortestPassword && text.Length <= MaximumLength);

    public override string FormatErrorMessage(string name) => $"It takes {AccountLimits.ShortestPassword} to {MaximumLength} characters; any will do.";
}
