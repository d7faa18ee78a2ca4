using System.ComponentModel.DataAnnotations;

namespace FunctionApp.Accounts.Forms;

/// <summary>What may be changed of a profile.</summary>
internal sealed class ProfileForm
{
    [Required, PersonName]
    public string? Name { get; init; }
}
