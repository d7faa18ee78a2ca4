using FunctionApp.Http;
using Lovage.Client;
using Lovage.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Functions;

public sealed class CancelJob(JobClient jobs)
{
    /// <summary>202 with <c>cancelled</c>, or <c>running</c> for a job that was asked to stop; 409 for one that has ended otherwise.</summary>
    [Function(nameof(CancelJob))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "jobs/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        JobApi.AnswerAsync(request, async () =>
            JobId.TryParse(id, out var jobId) && await jobs.CancelAsync(jobId, cancellation) is { } state
                ? CancelAnswer.Of(jobId, state)
                : Problems.JobNotFound(id));
}
