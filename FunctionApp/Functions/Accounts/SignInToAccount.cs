using FunctionApp.Accounts;
using FunctionApp.Accounts.Forms;
using FunctionApp.Accounts.SignIn;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Functions.Accounts;

public sealed class SignInToAccount(AccountDoor door, SignIns signIns)
{
    /// <summary>200 with a token to send in the header <c>Authorization: Bearer</c>.</summary>
    [Function(nameof(SignInToAccount))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "account/sign-in")] HttpRequest request, CancellationToken cancellation) =>
        door.TryAsync<SignInForm>(request, async form => await signIns.TryAsync(form.Email!, form.Password!, cancellation) switch
        {
            SignInResult.Done(var token, var lifetime) => Results.Json(new { TokenType = "Bearer", AccessToken = token, ExpiresIn = (long)lifetime.TotalSeconds }),
            SignInResult.NotConfirmed => AccountProblems.NotConfirmed(),
            _ => AccountProblems.WrongPassword(request),
        }, cancellation);
}
