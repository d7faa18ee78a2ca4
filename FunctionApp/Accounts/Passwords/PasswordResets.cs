using FunctionApp.Accounts.Administration;
using FunctionApp.Accounts.Database;
using FunctionApp.Accounts.Limits;
using FunctionApp.Accounts.Mail;
using FunctionApp.Accounts.SignIn;
using Lovage.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace FunctionApp.Accounts.Passwords;

/// <summary>New passwords for those who forgot theirs.</summary>
public sealed class PasswordResets(
    AccountsDb db, UserManager<Account> accounts, PasswordCheck passwords, AccountTokens tokens, AccountLinks links, MailLimit mails, JobOutbox<AccountsDb> outbox,
    IOptions<AccountOptions> options, TimeProvider time)
{
    /// <summary>Sends a link to the owner, if there is one. Who asks does not learn that.</summary>
    public async Task ForgotAsync(string email, CancellationToken cancellation)
    {
        links.Check();
        await mails.CountAsync(email, cancellation);
        // For an address that is unknown, a job that finds nobody: the work until the answer is the same.
        var id = await accounts.FindByEmailAsync(email) is { } account ? account.Id : Guid.CreateVersion7(time.GetUtcNow());
        outbox.Enqueue<EmailJobs>(mail => mail.SendAsync(id, MailPurpose.ResetPassword, null!));
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Changes the password, ends all sign-ins and tells the owner: all of it, or nothing.</summary>
    /// <returns>False if the token is not good, or not any more.</returns>
    public async Task<bool> ResetAsync(Guid id, string token, string password, CancellationToken cancellation)
    {
        if (await accounts.FindByIdAsync(id.ToString()) is not { } account || !await tokens.ResetsAsync(account, token))
            return false;
        // The mail has reached them.
        account.EmailConfirmed = true;
        account.AccessFailedCount = 0;
        if (!OperatorLock.Is(account.LockoutEnd, time.GetUtcNow(), options.Value))
            account.LockoutEnd = null;
        outbox.Enqueue<EmailJobs>(mail => mail.SendAsync(id, MailPurpose.PasswordChanged, null!));
        IdentityErrors.ThrowIfFailed(await accounts.ResetPasswordAsync(account, token, password));
        await passwords.ForgetTriesAsync(account.Email!, cancellation);
        return true;
    }
}
