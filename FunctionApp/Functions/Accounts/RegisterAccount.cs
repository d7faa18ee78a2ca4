using FunctionApp.Accounts;
using FunctionApp.Accounts.Forms;
using FunctionApp.Accounts.Registration;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Functions.Accounts;

public sealed class RegisterAccount(AccountDoor door, Registrations registrations)
{
    /// <summary>202, whether the address is known or not: what comes next is in the mail.</summary>
    [Function(nameof(RegisterAccount))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "account/register")] HttpRequest request, CancellationToken cancellation) =>
        door.TryAsync<RegisterForm>(request, async form =>
        {
            await registrations.RegisterAsync(form.Name!, form.Email!, form.Password!, cancellation);
            return MailAnswer.Sent("If the address is right, a mail is on its way. Follow the link in it.");
        }, cancellation);
}
