using FunctionApp.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FunctionApp.Email;

internal static class EmailServices
{
    /// <summary>Adds what makes mails, and what this build sends them with. Nothing of it is made before the first mail.</summary>
    public static void AddEmail(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<EmailRenderer>();
        services.AddEmailSender(configuration);
    }
}
