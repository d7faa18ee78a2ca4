using FunctionApp.Accounts.SignIn;
using Microsoft.AspNetCore.Identity;

namespace FunctionApp.Accounts.Profiles;

/// <summary>Changes of an account by its owner.</summary>
public sealed class ProfileChanges(UserManager<Account> accounts, PasswordCheck passwords, ProfileCache profiles)
{
    /// <summary>Changes the name.</summary>
    /// <returns>The profile as it is now; null if there is no such account.</returns>
    public async Task<Profile?> RenameAsync(Guid id, string name, CancellationToken cancellation)
    {
        if (await accounts.FindByIdAsync(id.ToString()) is not { } account)
            return null;
        account.Name = name;
        IdentityErrors.ThrowIfFailed(await accounts.UpdateAsync(account));
        await profiles.ForgetAsync(id, CancellationToken.None);
        return await profiles.GetAsync(id, account.ConcurrencyStamp, cancellation);
    }

    /// <summary>Deletes an account with all that is known of it here.</summary>
    /// <returns>False if the password is wrong, or the account locked for a while.</returns>
    public async Task<bool> DeleteAsync(Guid id, string password, CancellationToken cancellation)
    {
        if (await accounts.FindByIdAsync(id.ToString()) is not { } found)
            return true;
        if (await passwords.TryAsync(found.Email!, password, cancellation) is not { } account)
            return false;
        IdentityErrors.ThrowIfFailed(await accounts.DeleteAsync(account));
        await profiles.ForgetAsync(id, CancellationToken.None);
        return true;
    }
}
