using System.ComponentModel.DataAnnotations;

namespace FunctionApp.Accounts.Forms;

/// <summary>An account's id.</summary>
internal sealed class AccountIdFieldAttribute() : ValidationAttribute("It is no id of an account: take it from the link in the mail.")
{
    public override bool IsValid(object? value) => value is not string text || Guid.TryParseExact(text, "D", out _);
}
