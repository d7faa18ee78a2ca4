using FunctionApp.Accounts;
using FunctionApp.Accounts.Forms;
using FunctionApp.Accounts.Registration;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Functions.Accounts;

public sealed class ConfirmAccount(AccountDoor door, Registrations registrations)
{
    /// <summary>204: the address is confirmed, and the token used up.</summary>
    [Function(nameof(ConfirmAccount))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "account/confirm")] HttpRequest request, CancellationToken cancellation) =>
        door.TryAsync<ConfirmForm>(request, async form =>
            await registrations.ConfirmAsync(Guid.Parse(form.User!), form.Token!) ? Results.NoContent() : AccountProblems.BadLink(), cancellation);
}
