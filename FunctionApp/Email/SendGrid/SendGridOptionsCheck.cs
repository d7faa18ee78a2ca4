using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FunctionApp.Email.SendGrid;

/// <summary>Says what is missing or wrong in the words of the settings alone: a person reads it as the reason for which a job failed.</summary>
internal sealed class SendGridOptionsCheck : IValidateOptions<SendGridOptions>
{
    public ValidateOptionsResult Validate(string? name, SendGridOptions options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new(options), results, validateAllProperties: true);
        var errors = results.Select(result => result.ErrorMessage!).ToList();
        if (options.FromAddress is { Length: > 0 } address && !EmailAddress.TryParse(address, out _))
            errors.Add("SendGrid:FromAddress is no e-mail address.");
        if (!IsHost(options.Host))
            errors.Add("SendGrid:Host takes an https address, or an http address of this machine.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static bool IsHost(string? host) =>
        Uri.TryCreate(host, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
