using Microsoft.AspNetCore.Identity;

namespace FunctionApp.Accounts.Mail;

/// <summary>
/// The tokens in mails. Each is bound to the account's security stamp: whoever takes one changes the stamp, so none is taken twice, and a change of password ends
/// those that are still under way.
/// </summary>
public sealed class AccountTokens(UserManager<Account> accounts)
{
    /// <summary>The provider of tokens that reset passwords, which expire sooner.</summary>
    internal const string ResetProvider = "Reset";

    /// <summary>Makes one that confirms the address.</summary>
    public Task<string> ToConfirmAsync(Account account) => accounts.GenerateEmailConfirmationTokenAsync(account);

    /// <summary>Makes one that lets choose a new password.</summary>
    public Task<string> ToResetAsync(Account account) => accounts.GeneratePasswordResetTokenAsync(account);

    /// <summary>Whether a token confirms the address. It is not used up by that.</summary>
    public Task<bool> ConfirmsAsync(Account account, string token) =>
        accounts.VerifyUserTokenAsync(account, accounts.Options.Tokens.EmailConfirmationTokenProvider, UserManager<Account>.ConfirmEmailTokenPurpose, token);

    /// <summary>Whether a token lets choose a new password. It is not used up by that.</summary>
    public Task<bool> ResetsAsync(Account account, string token) =>
        accounts.VerifyUserTokenAsync(account, ResetProvider, UserManager<Account>.ResetPasswordTokenPurpose, token);
}
