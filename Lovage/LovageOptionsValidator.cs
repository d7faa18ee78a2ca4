using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Lovage;

/// <summary>Checks the attributes of <see cref="LovageOptions"/>; its messages name settings, not properties.</summary>
internal sealed class LovageOptionsValidator : IValidateOptions<LovageOptions>
{
    public ValidateOptionsResult Validate(string? name, LovageOptions options)
    {
        var errors = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new(options), errors, validateAllProperties: true)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(errors.Select(error => error.ErrorMessage!));
    }
}
