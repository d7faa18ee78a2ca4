using System.ComponentModel.DataAnnotations;

namespace FunctionApp.Accounts.Forms;

/// <summary>Whose mail is asked for.</summary>
internal sealed class AddressForm
{
    [Required, EmailAddressField]
    public string? Email { get; init; }
}
