using FunctionApp.Http;
using FunctionApp.Http.Bulk;
using Lovage;
using Lovage.Client;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace FunctionApp.Functions;

public sealed class EnqueueJobs(JobClient jobs, IOptions<LovageOptions> options, IOptions<ApiOptions> api, TimeProvider time)
{
    /// <summary>Enqueues the jobs of an array or of NDJSON: each for itself, or with <c>?atomic=true</c> all or none.</summary>
    [Function(nameof(EnqueueJobs))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "jobs")] HttpRequest request, CancellationToken cancellation) =>
        JobApi.AnswerAsync(request, () =>
        {
            var atomic = Flag.Read(request, "atomic");
            EnqueueParameters.RefuseForAll(request);
            var items = new JobItems(BulkBody.Open(request, api.Value, options.Value.MaxArgumentBytes), jobs, api.Value);
            var states = new FirstStates(jobs, time);
            return atomic
                ? new AtomicIntake(items, jobs, states, request).TakeAsync(cancellation)
                : new EachIntake(items, jobs, states, request).TakeAsync(cancellation);
        });
}
