using FunctionApp.Http;
using FunctionApp.Http.Listing;
using Lovage.Listing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Functions;

public sealed class ListJobs(JobList jobs, OperatorAccess operators)
{
    /// <summary>The jobs, newest first, a page at a time. For operators.</summary>
    [Function(nameof(ListJobs))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "jobs")] HttpRequest request, CancellationToken cancellation) =>
        JobApi.AnswerAsync(request, async () =>
            operators.Refuse(request) ?? new JobPageAnswer(await jobs.ReadAsync(ListParameters.Read(request), cancellation)));
}
