using FunctionApp.Accounts.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Functions.Accounts;

public sealed class GetAccountPage
{
    [Function(nameof(GetAccountPage))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "account")] HttpRequest request) => AccountPages.Account.For(request);
}
