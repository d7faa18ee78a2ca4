using FunctionApp.Accounts;
using FunctionApp.Accounts.Forms;
using FunctionApp.Accounts.Passwords;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Functions.Accounts;

public sealed class ResetPassword(AccountDoor door, PasswordResets resets)
{
    /// <summary>204: the password is the new one, the token used up, and every sign-in ended.</summary>
    [Function(nameof(ResetPassword))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "account/reset-password")] HttpRequest request, CancellationToken cancellation) =>
        door.TryAsync<ResetForm>(request, async form =>
            await resets.ResetAsync(Guid.Parse(form.User!), form.Token!, form.Password!, cancellation) ? Results.NoContent() : AccountProblems.BadLink(), cancellation);
}
