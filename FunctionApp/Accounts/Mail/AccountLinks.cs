using FunctionApp.Hosting;
using Microsoft.Extensions.Configuration;

namespace FunctionApp.Accounts.Mail;

/// <summary>
/// The addresses in mails. They begin with the setting <c>PublicUrl</c> and never with what a request calls this server: whoever sends a request chooses that. What
/// opens an account stands behind the <c>#</c>, which browsers keep to themselves: no server's log ever has it.
/// </summary>
public sealed class AccountLinks(IConfiguration configuration, IServiceProvider services)
{
    internal const string Setting = "PublicUrl";

    /// <summary>Where one signs in.</summary>
    public Uri SignIn => Page("account");

    /// <summary>Where one asks for a new password.</summary>
    public Uri Forgot => Page("account#forgot");

    /// <summary>Where a token confirms an address.</summary>
    public Uri Confirm(Guid account, string token) => Page($"account/confirm#{Secret(account, token)}");

    /// <summary>Where a token lets choose a new password.</summary>
    public Uri Reset(Guid account, string token) => Page($"account/reset-password#{Secret(account, token)}");

    /// <summary>Makes sure at the door that the mail that is asked for can be written.</summary>
    /// <exception cref="AccountsNotConfiguredException">There is no usable <c>PublicUrl</c>.</exception>
    public void Check() => Base();

    private static string Secret(Guid account, string token) => $"user={account}&token={Uri.EscapeDataString(token)}";

    private Uri Page(string path) => new(Base(), path);

    private Uri Base()
    {
        if (configuration[Setting] is not { Length: > 0 } text)
            return PublicAddress.Of(services) ?? throw new AccountsNotConfiguredException($"{Setting} is not set: give the address at which people reach the functions, such as https://app.example.com/api.");
        var isUsable = Uri.TryCreate(text.EndsWith('/') ? text : $"{text}/", UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            && url.Query.Length + url.Fragment.Length == 0;
        return isUsable ? url! : throw new AccountsNotConfiguredException($"{Setting} is '{text}': it takes an https address without query, such as https://app.example.com/api; http only on this machine.");
    }
}
