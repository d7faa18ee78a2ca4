using FunctionApp.Accounts.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Functions.Accounts;

public sealed class GetConfirmPage
{
    [Function(nameof(GetConfirmPage))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "account/confirm")] HttpRequest request) => AccountPages.Confirm.For(request);
}
