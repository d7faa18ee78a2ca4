using System.ComponentModel.DataAnnotations;
using FunctionApp.Email;

namespace FunctionApp.Accounts.Forms;

/// <summary>An address that mail can be sent to.</summary>
internal sealed class EmailAddressFieldAttribute() : ValidationAttribute("It is no e-mail address, such as name@example.com, of 254 characters at most.")
{
    public override bool IsValid(object? value) => value is not string text || EmailAddress.TryParse(text, out _);
}
