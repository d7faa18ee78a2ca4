using FunctionApp.Accounts.Database;
using FunctionApp.Accounts.Limits;
using FunctionApp.Accounts.Mail;
using FunctionApp.Accounts.SignIn;
using Lovage.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;

namespace FunctionApp.Accounts.Registration;

/// <summary>
/// Makes accounts and confirms their addresses. Account and mail are committed together. Whoever registers hears the same whether the address is known or not, and
/// waits about as long; only its owner learns more, by mail.
/// </summary>
public sealed class Registrations(
    AccountsDb db, UserManager<Account> accounts, NewAccounts newAccounts, AccountTokens tokens, AccountLinks links, MailLimit mails, DecoyHash decoy, JobOutbox<AccountsDb> outbox, TimeProvider time)
{
    /// <summary>Makes an account, or tells the one that is there.</summary>
    public async Task RegisterAsync(string name, string email, string password, CancellationToken cancellation)
    {
        links.Check();
        await mails.CountAsync(email, cancellation);
        if (await accounts.FindByEmailAsync(email) is { } known)
        {
            decoy.Make(password);
            await (known.EmailConfirmed ? TellOwnerAsync(known, cancellation) : LetOwnerChooseAsync(known));
            return;
        }
        var account = newAccounts.Make(name, email);
        outbox.Enqueue<EmailJobs>(mail => mail.SendAsync(account.Id, MailPurpose.ConfirmAddress, null!));
        // If somebody registered the address at the same moment, their mail is on its way, and this one would be the second.
        await newAccounts.TryAddAsync(account, password, cancellation);
    }

    /// <summary>Sends the mail with the link once more, to those who have not confirmed yet.</summary>
    public async Task ResendAsync(string email, CancellationToken cancellation)
    {
        links.Check();
        await mails.CountAsync(email, cancellation);
        // For an address that is unknown, a job that finds nobody: the work until the answer is the same.
        var account = await accounts.FindByEmailAsync(email);
        var id = account?.Id ?? Guid.CreateVersion7(time.GetUtcNow());
        var purpose = account is { EmailConfirmed: false, PasswordHash: null } ? MailPurpose.ChoosePassword : MailPurpose.ConfirmAddress;
        outbox.Enqueue<EmailJobs>(mail => mail.SendAsync(id, purpose, null!));
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Takes the token of a mail.</summary>
    /// <returns>False if the token is not good, or not any more.</returns>
    public async Task<bool> ConfirmAsync(Guid id, string token)
    {
        if (await accounts.FindByIdAsync(id.ToString()) is not { } account || !await tokens.ConfirmsAsync(account, token))
            return false;
        account.EmailConfirmed = true;
        outbox.Enqueue<EmailJobs>(mail => mail.SendAsync(id, MailPurpose.Welcome, null!));
        // Saves all of it; with the new stamp the token is used up.
        IdentityErrors.ThrowIfFailed(await accounts.UpdateSecurityStampAsync(account));
        return true;
    }

    private async Task TellOwnerAsync(Account account, CancellationToken cancellation)
    {
        outbox.Enqueue<EmailJobs>(mail => mail.SendAsync(account.Id, MailPurpose.AddressInUse, null!));
        await db.SaveChangesAsync(cancellation);
    }

    // One of the two may be a stranger, whose password would be the account's as soon as the owner confirms. So neither password is, the links that were sent before are
    // void, and who owns the address chooses one with the next.
    private async Task LetOwnerChooseAsync(Account account)
    {
        account.PasswordHash = null;
        outbox.Enqueue<EmailJobs>(mail => mail.SendAsync(account.Id, MailPurpose.ChoosePassword, null!));
        try
        {
            IdentityErrors.ThrowIfFailed(await accounts.UpdateSecurityStampAsync(account));
        }
        catch (AccountChangedException)
        {
            // By one who did the same: that mail is on its way.
        }
    }
}
