using FunctionApp.Http;
using Lovage.Client;
using Lovage.Jobs;
using Lovage.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Functions;

public sealed class GetJob(JobClient jobs)
{
    [Function(nameof(GetJob))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "jobs/{id}")] HttpRequest request, string id, CancellationToken cancellation)
    {
        try
        {
            var job = JobId.TryParse(id, out var jobId) ? await jobs.GetAsync(jobId, cancellation) : null;
            return job is null ? Problems.JobNotFound(id) : new JobAnswer(job);
        }
        catch (JobStoreUnavailableException e)
        {
            return Problems.StoreUnavailable(e, request);
        }
    }
}
