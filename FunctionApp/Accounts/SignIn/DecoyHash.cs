using Microsoft.AspNetCore.Identity;

namespace FunctionApp.Accounts.SignIn;

/// <summary>Takes as long as the check of a password, where there is none to check: the time of an answer does not tell who has an account.</summary>
public sealed class DecoyHash(IPasswordHasher<Account> hasher)
{
    private static readonly Account Nobody = new() { Name = "", RegisteredAt = default };

    private readonly Lazy<string> hash = new(() => hasher.HashPassword(Nobody, Guid.NewGuid().ToString()));

    /// <summary>Takes as long as checking a password.</summary>
    public void Verify(string password) => hasher.VerifyHashedPassword(Nobody, hash.Value, password);

    /// <summary>Takes as long as making one.</summary>
    public void Make(string password) => hasher.HashPassword(Nobody, password);
}
