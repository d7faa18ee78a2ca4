using FunctionApp.Accounts;
using FunctionApp.Accounts.Forms;
using FunctionApp.Accounts.Registration;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Functions.Accounts;

public sealed class ResendConfirmation(AccountDoor door, Registrations registrations)
{
    /// <summary>202, whether the address is known or not.</summary>
    [Function(nameof(ResendConfirmation))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "account/resend")] HttpRequest request, CancellationToken cancellation) =>
        door.TryAsync<AddressForm>(request, async form =>
        {
            await registrations.ResendAsync(form.Email!, cancellation);
            return MailAnswer.Sent("If the address waits to be confirmed, a mail is on its way.");
        }, cancellation);
}
