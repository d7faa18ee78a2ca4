using FunctionApp.Accounts;
using FunctionApp.Accounts.Profiles;
using FunctionApp.Accounts.SignIn;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Functions.Accounts;

public sealed class GetProfile(AccountDoor door, ProfileCache profiles)
{
    /// <summary>200 with the profile of who is signed in.</summary>
    [Function(nameof(GetProfile))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "account/profile")] HttpRequest request, CancellationToken cancellation) =>
        door.AnswerAsync(request, async () =>
            SignedIn.Of(request) is { } caller && await profiles.GetAsync(caller.Account, caller.Version, cancellation) is { } profile
                ? ProfileAnswer.Of(profile)
                : AccountProblems.NotSignedIn(request));
}
