using FunctionApp.Email;
using FunctionApp.Email.SendGrid;
using FunctionApp.Hosting.Mailbox;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FunctionApp.Hosting;

/// <summary>Who delivers mails.</summary>
internal static class EmailSenders
{
    /// <summary>In development nobody: mails stay in a folder, where a developer reads them. Elsewhere SendGrid, as on Azure: a folder that nobody reads delivers nothing.</summary>
    public static void AddEmailSender(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(provider => MailboxFolder.Of(configuration, provider));
        services.AddSendGrid(configuration);
        services.AddSingleton<MailboxEmailSender>();
        services.AddSingleton<IEmailSender>(provider => provider.GetRequiredService<IHostEnvironment>().IsDevelopment()
            ? provider.GetRequiredService<MailboxEmailSender>()
            : provider.GetRequiredService<SendGridEmailSender>());
        services.AddSingleton<MailboxPages>().AddSingleton<MailboxApi>().AddSingleton<MailboxRoutes>();
        services.AddSingleton<IStartupFilter, MailboxStartup>();
    }
}
