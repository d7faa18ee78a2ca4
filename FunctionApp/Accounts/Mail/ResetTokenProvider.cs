using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FunctionApp.Accounts.Mail;

/// <summary>Identity's provider of tokens with a lifetime of its own: what resets a password is good for a shorter time than what confirms an address.</summary>
internal sealed class ResetTokenProvider(IDataProtectionProvider protection, IOptions<AccountOptions> options, ILogger<DataProtectorTokenProvider<Account>> logger)
    : DataProtectorTokenProvider<Account>(
        protection, new OptionsWrapper<DataProtectionTokenProviderOptions>(new() { Name = AccountTokens.ResetProvider, TokenLifespan = options.Value.ResetWithin }), logger);
