using FunctionApp.Http;
using Lovage.Client;
using Lovage.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace FunctionApp.Functions;

public sealed class GetJob(JobClient jobs, OperatorAccess operators, IOptions<ApiOptions> api)
{
    [Function(nameof(GetJob))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "jobs/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        JobApi.AnswerAsync(request, async () =>
        {
            var wait = WaitParameter.Read(request, api.Value.LongestWait);
            var job = JobId.TryParse(id, out var jobId) ? await jobs.WaitAsync(jobId, wait, cancellation) : null;
            return job is null ? Problems.JobNotFound(id) : new JobAnswer(job, operators.IsOperator(request));
        });
}
