using FunctionApp.Accounts.Database;
using FunctionApp.Accounts.Limits;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FunctionApp.Accounts.SignIn;

/// <summary>
/// Compares passwords, and locks an account for a while after too many wrong ones. An address that is unknown, a wrong password and a locked account are refused after
/// about the same work.
/// </summary>
public sealed class PasswordCheck(
    AccountsDb db, UserManager<Account> accounts, RateLimiter limiter, DecoyHash decoy, IOptions<AccountOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>Tries a password.</summary>
    /// <param name="email">Whose.</param>
    /// <param name="password">The password.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The account; null if it is refused, whatever the reason.</returns>
    /// <exception cref="TooManyTriesException">It was tried too often.</exception>
    public async Task<Account?> TryAsync(string email, string password, CancellationToken cancellation)
    {
        await limiter.CountAsync(Limit, accounts.NormalizeEmail(email)!, cancellation);
        var account = await accounts.FindByEmailAsync(email);
        // Who has registered twice has none until the owner of the address has chosen one.
        var mayBeRight = account?.PasswordHash is not null && !await accounts.IsLockedOutAsync(account);
        if (!mayBeRight)
            decoy.Verify(password);
        else if (await accounts.CheckPasswordAsync(account!, password))
            return account;
        await CountWrongAsync(mayBeRight ? account!.Id : Guid.NewGuid(), cancellation);
        return null;
    }

    /// <summary>Whoever has a new password may try it at once.</summary>
    public Task ForgetTriesAsync(string email, CancellationToken cancellation) => limiter.ForgetAsync(Limit, accounts.NormalizeEmail(email)!, cancellation);

    private RateLimit Limit => new("sign-in", options.Value.SignInsPerAccount, Window);

    // One statement, so that those who guess at once are all counted.
    private Task<int> CountWrongAsync(Guid id, CancellationToken cancellation)
    {
        var (most, end) = (options.Value.MaxWrongPasswords, (DateTimeOffset?)(time.GetUtcNow() + options.Value.LockedFor));
        return db.Users.Where(account => account.Id == id).ExecuteUpdateAsync(
            change => change
                .SetProperty(account => account.LockoutEnd, account => account.AccessFailedCount + 1 >= most ? end : account.LockoutEnd)
                .SetProperty(account => account.AccessFailedCount, account => account.AccessFailedCount + 1 >= most ? 0 : account.AccessFailedCount + 1),
            cancellation);
    }
}
