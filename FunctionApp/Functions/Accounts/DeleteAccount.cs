using FunctionApp.Accounts;
using FunctionApp.Accounts.Forms;
using FunctionApp.Accounts.Profiles;
using FunctionApp.Accounts.SignIn;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Functions.Accounts;

public sealed class DeleteAccount(AccountDoor door, ProfileChanges changes)
{
    /// <summary>204: the account is gone. Asks for the password once more.</summary>
    [Function(nameof(DeleteAccount))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "account/delete")] HttpRequest request, CancellationToken cancellation) =>
        door.TryAsync<DeleteForm>(request, async form =>
        {
            if (SignedIn.Of(request) is not { } caller)
                return AccountProblems.NotSignedIn(request);
            return await changes.DeleteAsync(caller.Account, form.Password!, cancellation) ? Results.NoContent() : AccountProblems.WrongPassword(request);
        }, cancellation);
}
