using FunctionApp.Accounts.Limits;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace FunctionApp.Accounts.SignIn;

/// <summary>Checks passwords. All refusals look alike and take as long: an address that is unknown, a wrong password, a locked account.</summary>
public sealed class SignIns(UserManager<Account> accounts, BearerTokens tokens, RateLimiter limiter, DecoyHash decoy, IOptions<AccountOptions> options)
{
    /// <summary>Checks a password.</summary>
    /// <exception cref="TooManyTriesException">It was tried too often.</exception>
    public async Task<SignInResult> TryAsync(string email, string password, CancellationToken cancellation)
    {
        await limiter.CountAsync(new("sign-in", options.Value.SignInsPerAccount, TimeSpan.FromMinutes(10)), accounts.NormalizeEmail(email)!, cancellation);
        var account = await accounts.FindByEmailAsync(email);
        if (account is null || await accounts.IsLockedOutAsync(account))
        {
            decoy.Verify(password);
            return new SignInResult.Refused();
        }
        if (!await accounts.CheckPasswordAsync(account, password))
        {
            await accounts.AccessFailedAsync(account);
            return new SignInResult.Refused();
        }
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
