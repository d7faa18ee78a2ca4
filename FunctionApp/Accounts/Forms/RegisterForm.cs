using System.ComponentModel.DataAnnotations;

namespace FunctionApp.Accounts.Forms;

/// <summary>Who wants an account.</summary>
internal sealed class RegisterForm
{
    [Required, PersonName]
    public string? Name { get; init; }

    [Required, EmailAddressField]
    public string? Email { get; init; }

    [Required, PasswordField]
    public string? Password { get; init; }
}
