using FunctionApp.Http;
using Lovage.Client;
using Lovage.DeadLetters;
using Lovage.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Functions;

public sealed class ReplayJob(JobClient jobs, DeadLetterBox deadLetters, OperatorAccess operators)
{
    /// <summary>202: the failed job runs again, from its first attempt, with its history. For operators.</summary>
    [Function(nameof(ReplayJob))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "jobs/{id}/replay")] HttpRequest request, string id, CancellationToken cancellation) =>
        JobApi.AnswerAsync(request, async () =>
        {
            if (operators.Refuse(request) is { } refusal)
                return refusal;
            var repeatEffects = Flag.Read(request, "repeatEffects");
            if (!JobId.TryParse(id, out var jobId) || await jobs.GetAsync(jobId, cancellation) is not { } job)
                return Problems.JobNotFound(id);
            return await deadLetters.ReplayAsync(jobId, repeatEffects, cancellation)
                ? new AcceptedJob(jobId, job.Name, JobState.Queued, JobUrl.Of(jobId, request))
                : Problems.NotFailed(jobId, (await jobs.GetAsync(jobId, cancellation) ?? job).State);
        });
}
