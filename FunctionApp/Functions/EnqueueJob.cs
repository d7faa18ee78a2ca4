using FunctionApp.Http;
using Lovage;
using Lovage.Client;
using Lovage.Jobs;
using Lovage.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace FunctionApp.Functions;

public sealed class EnqueueJob(JobClient jobs, IOptions<LovageOptions> options, IOptions<ApiOptions> api, TimeProvider time)
{
    [Function(nameof(EnqueueJob))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "jobs/{name}")] HttpRequest request, string name, CancellationToken cancellation) =>
        JobApi.AnswerAsync(request, async () =>
        {
            var (enqueue, wait) = (EnqueueParameters.Read(request), WaitParameter.Read(request, api.Value.LongestWait));
            var arguments = await JsonBody.ReadAsync(request, options.Value.MaxArgumentBytes, api.Value.MaxDepth, cancellation);
            var id = await jobs.EnqueueAsync(name, arguments, enqueue, cancellation);
            // A key that was used before stands for a job that may have gone on since.
            var job = wait > TimeSpan.Zero || enqueue.IdempotencyKey is not null ? await FindAsync(id, wait, cancellation) : null;
            return wait > TimeSpan.Zero && job is { FinishedAt: not null }
                ? new JobAnswer(job)
                : new AcceptedJob(id, name, job?.State ?? FirstState.Of(enqueue, time), JobUrl.Of(id, request));
        });

    // The job is accepted: that the store does not answer now takes nothing back.
    private async Task<JobRecord?> FindAsync(JobId id, TimeSpan wait, CancellationToken cancellation)
    {
        try
        {
            return await jobs.WaitAsync(id, wait, cancellation);
        }
        catch (JobStoreUnavailableException)
        {
            return null;
        }
    }
}
