using FunctionApp.Accounts.Limits;
using Microsoft.AspNetCore.Identity;

namespace FunctionApp.Accounts.SignIn;

/// <summary>Signs in and out.</summary>
public sealed class SignIns(UserManager<Account> accounts, PasswordCheck passwords, BearerTokens tokens)
{
    /// <summary>Checks a password.</summary>
    /// <exception cref="TooManyTriesException">It was tried too often.</exception>
    public async Task<SignInResult> TryAsync(string email, string password, CancellationToken cancellation)
    {
        if (await passwords.TryAsync(email, password, cancellation) is not { } account)
            return new SignInResult.Refused();
        // Whoever knows the password may know this.
        if (!account.EmailConfirmed)
            return new SignInResult.NotConfirmed();
        if (account.AccessFailedCount > 0)
            await accounts.ResetAccessFailedCountAsync(account);
        return new SignInResult.Done(tokens.Make(account), tokens.Lifetime);
    }

    /// <summary>Ends all sign-ins of an account, in every process at once.</summary>
    public async Task EndAllAsync(Guid id)
    {
        if (await accounts.FindByIdAsync(id.ToString()) is { } account)
            IdentityErrors.ThrowIfFailed(await accounts.UpdateSecurityStampAsync(account));
    }
}
