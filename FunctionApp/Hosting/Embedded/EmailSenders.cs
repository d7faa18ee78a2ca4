using FunctionApp.Email;
using FunctionApp.Hosting.Mailbox;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Hosting;

/// <summary>Who delivers mails.</summary>
internal static class EmailSenders
{
    /// <summary>Nobody: on this machine they stay in a folder, where a developer reads them.</summary>
    public static void AddEmailSender(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(provider => MailboxFolder.Of(configuration, provider));
        services.AddSingleton<IEmailSender, MailboxEmailSender>();
        services.AddSingleton<MailboxPages>().AddSingleton<MailboxApi>().AddSingleton<MailboxRoutes>();
        services.AddSingleton<IStartupFilter, MailboxStartup>();
    }
}
