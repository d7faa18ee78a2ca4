using FunctionApp.Accounts;
using FunctionApp.Accounts.SignIn;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Functions.Accounts;

public sealed class SignOutEverywhere(AccountDoor door, SignIns signIns)
{
    /// <summary>204: no token of the account is good any more, in any process.</summary>
    [Function(nameof(SignOutEverywhere))]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "account/sign-out")] HttpRequest request) =>
        door.AnswerAsync(request, async () =>
        {
            if (SignedIn.Of(request) is not { } caller)
                return AccountProblems.NotSignedIn(request);
            await signIns.EndAllAsync(caller.Account);
            return Results.NoContent();
        });
}
