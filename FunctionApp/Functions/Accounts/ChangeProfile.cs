using FunctionApp.Accounts;
using FunctionApp.Accounts.Forms;
using FunctionApp.Accounts.Profiles;
using FunctionApp.Accounts.SignIn;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Functions.Accounts;

public sealed class ChangeProfile(AccountDoor door, ProfileChanges changes)
{
    /// <summary>200 with the profile as it is now.</summary>
    [Function(nameof(ChangeProfile))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "account/profile")] HttpRequest request, CancellationToken cancellation) =>
        door.TryAsync<ProfileForm>(request, async form =>
            SignedIn.Of(request) is { } caller && await changes.RenameAsync(caller.Account, form.Name!, cancellation) is { } profile
                ? ProfileAnswer.Of(profile)
                : AccountProblems.NotSignedIn(request), cancellation);
}
