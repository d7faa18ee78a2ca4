using FunctionApp.Accounts.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace FunctionApp.Accounts;

/// <summary>Adds accounts, whoever asks for them.</summary>
public sealed class NewAccounts(AccountsDb db, UserManager<Account> accounts, TimeProvider time)
{
    /// <summary>An account that is not saved yet, with its id: what is committed together with it can name it.</summary>
    public Account Make(string name, string email)
    {
        var now = time.GetUtcNow();
        return new() { Id = Guid.CreateVersion7(now), UserName = email, Email = email, Name = name, RegisteredAt = now };
    }

    /// <summary>Saves it, with all else that the context holds.</summary>
    /// <returns>False if the address has one already, if only since this moment; then nothing was saved.</returns>
    public async Task<bool> TryAddAsync(Account account, string password, CancellationToken cancellation)
    {
        try
        {
            var created = await accounts.CreateAsync(account, password);
            if (created.Errors.Any(error => error.Code is nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.DuplicateUserName)))
                return false;
            IdentityErrors.ThrowIfFailed(created);
            return true;
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (!await db.Users.AnyAsync(other => other.NormalizedEmail == account.NormalizedEmail, cancellation))
                throw;
            return false;
        }
    }
}
