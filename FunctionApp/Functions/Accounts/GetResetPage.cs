using FunctionApp.Accounts.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Functions.Accounts;

public sealed class GetResetPage
{
    [Function(nameof(GetResetPage))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "account/reset-password")] HttpRequest request) => AccountPages.Reset.For(request);
}
