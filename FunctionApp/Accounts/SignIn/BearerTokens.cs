using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace FunctionApp.Accounts.SignIn;

/// <summary>
/// Makes and reads the tokens that a signed-in caller shows. A token holds the account's id, its security stamp and an expiry, and is protected by the key ring in the
/// app's database. Nothing is kept of it: a new stamp ends all tokens of an account.
/// </summary>
public sealed class BearerTokens(IDataProtectionProvider protection, IOptions<AccountOptions> options, TimeProvider time)
{
    private const string Scheme = "Bearer";
    private const string Stamp = "stamp";

    private readonly IDataProtector protector = protection.CreateProtector("FunctionApp.Accounts.BearerTokens", "v1");

    /// <summary>How long one is good for.</summary>
    public TimeSpan Lifetime => options.Value.SignedInFor;

    /// <summary>Makes one.</summary>
    public string Make(Account account) => Base64Url.EncodeToString(protector.Protect(TicketSerializer.Default.Serialize(new(
        new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, account.Id.ToString()), new(Stamp, account.SecurityStamp!)], Scheme)),
        new AuthenticationProperties { ExpiresUtc = time.GetUtcNow() + Lifetime }, Scheme))));

    /// <summary>The account and the stamp that a token was made for; null if it is none of ours, or no longer good.</summary>
    public (Guid Account, string Stamp)? Read(string token)
    {
        var ticket = Unprotect(token);
        return ticket?.Properties.ExpiresUtc > time.GetUtcNow()
            && Guid.TryParse(ticket.Principal.FindFirstValue(ClaimTypes.NameIdentifier), out var account)
            && ticket.Principal.FindFirstValue(Stamp) is { } stamp
            ? (account, stamp)
            : null;
    }

    private AuthenticationTicket? Unprotect(string token)
    {
        try
        {
            return TicketSerializer.Default.Deserialize(protector.Unprotect(Base64Url.DecodeFromChars(token)));
        }
        catch (FormatException)
        {
            return null;
        }
        // Unless it is not the token that is wrong: the key ring is in the database.
        catch (CryptographicException e) when (!AccountProblems.IsOutage(e))
        {
            return null;
        }
    }
}
