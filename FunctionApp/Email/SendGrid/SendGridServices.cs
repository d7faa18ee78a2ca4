using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FunctionApp.Email.SendGrid;

internal static class SendGridServices
{
    // A connection that was idle for longer may be gone without our knowing, and whether a mail that is written to it arrives nobody knows.
    private static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(10);

    /// <summary>Sends mails by SendGrid.</summary>
    public static void AddSendGrid(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SendGridOptions>().Bind(configuration.GetSection(SendGridOptions.Section));
        services.AddSingleton<IValidateOptions<SendGridOptions>, SendGridOptionsCheck>();
        // Nothing of it is logged: at the lowest level that would be the headers, with the key.
        services.AddHttpClient(SendGridEmailSender.ClientName)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionIdleTimeout = LongestIdle })
            .RemoveAllLoggers();
        services.AddSingleton<SendGridEmailSender>();
        services.AddSingleton<IEmailSender>(provider => provider.GetRequiredService<SendGridEmailSender>());
    }
}
