using FunctionApp.Http;
using FunctionApp.Http.Events;
using Lovage.Client;
using Lovage.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Functions;

public sealed class WatchJob(JobClient jobs, EventStreams streams)
{
    /// <summary>Server-sent events: every change of state and every report of progress, until the job has ended.</summary>
    [Function(nameof(WatchJob))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "jobs/{id}/events")] HttpRequest request, string id, CancellationToken cancellation) =>
        JobApi.AnswerAsync(request, async () =>
        {
            var after = LastEventId.Read(request);
            // Before the answer begins: after that there is no way to say 404.
            if (!JobId.TryParse(id, out var jobId) || await jobs.GetAsync(jobId, cancellation) is not { } job)
                return Problems.JobNotFound(id);
            // All of it was seen: 204 tells a browser not to connect again, as an end of the stream would have it do.
            if (job.FinishedAt is not null && job.Changes is [.., { } last] && last.Number == after)
                return Results.NoContent();
            return new JobEventStream(streams, jobs, jobId, after, cancellation);
        });
}
