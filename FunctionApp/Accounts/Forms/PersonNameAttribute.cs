using System.ComponentModel.DataAnnotations;

namespace FunctionApp.Accounts.Forms;

/// <summary>A name as people write theirs: one line of text.</summary>
internal sealed class PersonNameAttribute() : ValidationAttribute($"It takes 1 to {AccountLimits.LongestName} characters on one line.")
{
    public override bool IsValid(object? value) => value is not string text
        || (!string.IsNullOrWhiteSpace(text) && text.Length <= AccountLimits.LongestName && !text.Any(char.IsControl));
}
