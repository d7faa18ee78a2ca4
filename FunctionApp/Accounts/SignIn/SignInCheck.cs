using FunctionApp.Accounts.Database;
using Microsoft.EntityFrameworkCore;

namespace FunctionApp.Accounts.SignIn;

/// <summary>Tells whose token it is. Asks the database each time: who signs out everywhere is signed out everywhere at once.</summary>
internal sealed class SignInCheck(AccountsDb db, BearerTokens tokens)
{
    /// <returns>Null if the token is not good, or not any more.</returns>
    public async Task<SignedIn?> FindAsync(string token, CancellationToken cancellation)
    {
        if (tokens.Read(token) is not { } read)
            return null;
        var version = await db.Users.Where(account => account.Id == read.Account && account.SecurityStamp == read.Stamp)
            .Select(account => account.ConcurrencyStamp).SingleOrDefaultAsync(cancellation);
        return version is null ? null : new(read.Account, version);
    }
}
