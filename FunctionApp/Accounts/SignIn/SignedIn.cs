using Microsoft.AspNetCore.Http;

namespace FunctionApp.Accounts.SignIn;

/// <summary>Who makes a request: put there by <see cref="SignInMiddleware"/>.</summary>
/// <param name="Account">The account's id.</param>
/// <param name="Version">The account's state as of this request: what a cache knows of another is old.</param>
internal sealed record SignedIn(Guid Account, string Version)
{
    /// <summary>Null if the caller is not signed in.</summary>
    public static SignedIn? Of(HttpRequest request) => request.HttpContext.Features.Get<SignedIn>();
}
