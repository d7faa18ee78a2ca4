using FunctionApp.DocsPage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Functions;

public sealed class GetDocs
{
    [Function(nameof(GetDocs))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Function, "get", Route = "docs")] HttpRequest request) => DocsPageAnswer.For(request);
}
