using FunctionApp.Email.SendGrid;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Hosting;

/// <summary>Who delivers mails.</summary>
internal static class EmailSenders
{
    /// <summary>SendGrid. Its settings are looked at with the first mail: an app that sends none needs none.</summary>
    public static void AddEmailSender(this IServiceCollection services, IConfiguration configuration) => services.AddSendGrid(configuration);
}
