using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace FunctionApp.Accounts.Limits;

/// <summary>How many mails may be asked for one address, whoever asks, and whether it has an account or not.</summary>
public sealed class MailLimit(RateLimiter limiter, ILookupNormalizer normalizer, IOptions<AccountOptions> options)
{
    /// <summary>Counts one mail.</summary>
    /// <exception cref="TooManyTriesException">It is one too many.</exception>
    public Task CountAsync(string email, CancellationToken cancellation) =>
        limiter.CountAsync(new("mail", options.Value.MailsPerAccount, TimeSpan.FromHours(1)), normalizer.NormalizeEmail(email)!, cancellation);
}
