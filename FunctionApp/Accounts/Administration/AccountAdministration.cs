using FunctionApp.Accounts.Database;
using Microsoft.AspNetCore.Identity;

namespace FunctionApp.Accounts.Administration;

/// <summary>What operators do with accounts. They may know who has one.</summary>
internal sealed class AccountAdministration(AccountsDb db, UserManager<Account> accounts, NewAccounts newAccounts)
{
    // Somebody who guesses passwords changes the account each time: such a race is lost once or twice, not for ever.
    private const int MaxTries = 10;

    /// <summary>Makes an account whose address is confirmed. No mail is sent.</summary>
    /// <param name="name">As a form takes it.</param>
    /// <param name="email">As a form takes it.</param>
    /// <param name="password">As a form takes it.</param>
    /// <returns>Null if the address has one already.</returns>
    public async Task<Account?> CreateAsync(string name, string email, string password)
    {
        var account = newAccounts.Make(name, email);
        account.EmailConfirmed = true;
        return await newAccounts.TryAddAsync(account, password, CancellationToken.None) ? account : null;
    }

    /// <summary>Lets nobody sign in to an account, and ends all its sign-ins, in every process at once.</summary>
    /// <param name="email">Whose.</param>
    /// <param name="end">Until when.</param>
    /// <returns>Null if there is no such account.</returns>
    public Task<Account?> LockAsync(string email, DateTimeOffset end) => ChangeAsync(email, account =>
    {
        account.LockoutEnabled = true;
        account.LockoutEnd = end;
        return accounts.UpdateSecurityStampAsync(account);
    });

    /// <summary>Lifts a lock, whoever has put it there.</summary>
    /// <param name="email">Whose.</param>
    /// <returns>Null if there is no such account.</returns>
    public Task<Account?> UnlockAsync(string email) => ChangeAsync(email, account =>
    {
        account.LockoutEnd = null;
        account.AccessFailedCount = 0;
        return accounts.UpdateAsync(account);
    });

    private async Task<Account?> ChangeAsync(string email, Func<Account, Task<IdentityResult>> change)
    {
        for (var tries = 1; ; tries++)
        {
            if (await accounts.FindByEmailAsync(email) is not { } account)
                return null;
            try
            {
                IdentityErrors.ThrowIfFailed(await change(account));
                return account;
            }
            catch (AccountChangedException) when (tries < MaxTries)
            {
                db.ChangeTracker.Clear();
            }
        }
    }
}
