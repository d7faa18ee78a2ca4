using FunctionApp.Accounts;
using FunctionApp.Accounts.Forms;
using FunctionApp.Accounts.Passwords;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Functions.Accounts;

public sealed class ForgotPassword(AccountDoor door, PasswordResets resets)
{
    /// <summary>202, whether the address is known or not.</summary>
    [Function(nameof(ForgotPassword))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "account/forgot-password")] HttpRequest request, CancellationToken cancellation) =>
        door.TryAsync<AddressForm>(request, async form =>
        {
            await resets.ForgotAsync(form.Email!, cancellation);
            return MailAnswer.Sent("If there is an account with this address, a mail is on its way.");
        }, cancellation);
}
