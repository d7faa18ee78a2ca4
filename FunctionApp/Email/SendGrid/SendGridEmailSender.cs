using Lovage.Jobs;
using Microsoft.Extensions.Options;
using SendGrid;

namespace FunctionApp.Email.SendGrid;

/// <summary>Sends mails by SendGrid, once each: what is sent again the engine decides.</summary>
internal sealed class SendGridEmailSender(IHttpMessageHandlerFactory handlers, IOptions<SendGridOptions> options, TimeProvider time) : IEmailSender
{
    public const string ClientName = "sendgrid";

    // Nothing was sent: a short pause is enough, and attempts are few.
    private static readonly TimeSpan PauseAfterNoConnection = TimeSpan.FromSeconds(30);

    public async Task SendAsync(EmailMessage message, string key, CancellationToken cancellation)
    {
        EmailKey.Check(key);
        var settings = Settings();
        if (cancellation.IsCancellationRequested)
            throw new RetryJobException(TimeSpan.Zero, "The job was cancelled before the mail was sent.");

        var transfer = new Transfer(handlers.CreateHandler(ClientName));
        using var http = new HttpClient(transfer) { Timeout = Timeout.InfiniteTimeSpan };
        using var limit = new CancellationTokenSource(settings.Timeout, time);
        // To break off what is on its way would be to not know; its answer comes soon, or its time is up.
        using var heed = cancellation.Register(() => { if (!transfer.HasBegun) limit.Cancel(); });
        var answer = await SendAsync(http, SendGridMail.Of(message, key, settings), transfer, settings, limit.Token);
        if (answer.IsSuccessStatusCode)
            return;
        throw SendGridRefusal.Of(answer.StatusCode, answer.Headers, await answer.Body.ReadAsStringAsync(CancellationToken.None), settings.ApiKey, time.GetUtcNow());
    }

    private static async Task<Response> SendAsync(HttpClient http, global::SendGrid.Helpers.Mail.SendGridMessage mail, Transfer transfer, SendGridOptions settings, CancellationToken limit)
    {
        try
        {
            return await new SendGridClient(http, new SendGridClientOptions { ApiKey = settings.ApiKey, Host = settings.Host }).SendEmailAsync(mail, limit);
        }
        catch (Exception e) when (!transfer.HasBegun && e is HttpRequestException or OperationCanceledException)
        {
            throw new RetryJobException(PauseAfterNoConnection, $"SendGrid could not be reached, and nothing was sent: {e.Message}", e);
        }
        catch (OperationCanceledException e)
        {
            throw new SendGridUncertainException($"SendGrid has not answered within {settings.Timeout.TotalSeconds} s", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new SendGridUncertainException($"The connection to SendGrid broke off ({e.Message})", e);
        }
    }

    private SendGridOptions Settings()
    {
        try
        {
            return options.Value;
        }
        catch (OptionsValidationException e)
        {
            throw new RejectJobException($"The mail was not sent. {string.Join(' ', e.Failures)}", e);
        }
        // A value that cannot be converted: the binder names setting, value and type.
        catch (InvalidOperationException e)
        {
            throw new RejectJobException($"The mail was not sent. {e.Message}", e);
        }
    }
}
