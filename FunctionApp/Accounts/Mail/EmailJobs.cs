using FunctionApp.Accounts.Profiles;
using FunctionApp.Email;
using FunctionApp.Email.Templates;
using Lovage.Effects;
using Lovage.Jobs;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace FunctionApp.Accounts.Mail;

/// <summary>Sends the mails of accounts.</summary>
internal sealed class EmailJobs(
    UserManager<Account> accounts, AccountTokens tokens, AccountLinks links, ProfileCache profiles, EmailRenderer renderer, IEmailSender sender, IEffects effects,
    IOptions<AccountOptions> options)
{
    // Until an address is confirmed its owner need not be who typed the name, and a name can be made to say something.
    private const string Nobody = "";

    /// <summary>Sends one mail to one account's owner. What its link holds is made here, and is in no queue, store or log.</summary>
    /// <param name="userId">The account.</param>
    /// <param name="purpose">Why.</param>
    /// <param name="context">The running job.</param>
    /// <returns>What came of it.</returns>
    [Job("email.send")]
    public async Task<string> SendAsync(Guid userId, MailPurpose purpose, JobContext context)
    {
        if (await accounts.FindByIdAsync(userId.ToString()) is not { } account)
            return "Nothing was sent: there is no such account.";
        if (purpose is MailPurpose.ConfirmAddress or MailPurpose.ChoosePassword && account.EmailConfirmed)
            return "Nothing was sent: the address is confirmed.";
        if (!EmailAddress.TryParse(account.Email, out var to))
            throw new RejectJobException($"The address of account {userId} is none.");
        var message = await WriteAsync(account, purpose, to, context.Cancellation);
        await effects.OnceAsync("mail", () => sender.SendAsync(message, context.Id.ToString(), context.Cancellation));
        return "Sent.";
    }

    private async Task<EmailMessage> WriteAsync(Account account, MailPurpose purpose, EmailAddress to, CancellationToken cancellation)
    {
        var name = (await profiles.GetAsync(account.Id, account.ConcurrencyStamp, cancellation))?.Name ?? account.Name;
        return purpose switch
        {
            MailPurpose.ConfirmAddress => await renderer.RenderAsync<ConfirmAddress>(to, new()
            {
                [nameof(ConfirmAddress.Name)] = Nobody,
                [nameof(ConfirmAddress.Link)] = links.Confirm(account.Id, await tokens.ToConfirmAsync(account)),
                [nameof(ConfirmAddress.ValidFor)] = options.Value.ConfirmWithin,
            }),
            MailPurpose.ResetPassword => await renderer.RenderAsync<ResetPassword>(to, new()
            {
                [nameof(ResetPassword.Name)] = name,
                [nameof(ResetPassword.Link)] = links.Reset(account.Id, await tokens.ToResetAsync(account)),
                [nameof(ResetPassword.ValidFor)] = options.Value.ResetWithin,
            }),
            MailPurpose.ChoosePassword => await renderer.RenderAsync<ChoosePassword>(to, new()
            {
                [nameof(ChoosePassword.Name)] = Nobody,
                [nameof(ChoosePassword.Link)] = links.Reset(account.Id, await tokens.ToResetAsync(account)),
                [nameof(ChoosePassword.ValidFor)] = options.Value.ResetWithin,
            }),
            MailPurpose.AddressInUse => await renderer.RenderAsync<AddressInUse>(to, new() { [nameof(AddressInUse.Name)] = name, [nameof(AddressInUse.Link)] = links.Forgot }),
            MailPurpose.PasswordChanged => await renderer.RenderAsync<PasswordChanged>(to, new() { [nameof(PasswordChanged.Name)] = name, [nameof(PasswordChanged.Link)] = links.Forgot }),
            MailPurpose.Welcome => await renderer.RenderAsync<Welcome>(to, new() { [nameof(Welcome.Name)] = name, [nameof(Welcome.Link)] = links.SignIn }),
            _ => throw new RejectJobException($"There is no mail for '{purpose}'."),
        };
    }
}
