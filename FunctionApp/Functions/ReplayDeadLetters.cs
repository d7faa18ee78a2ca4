using FunctionApp.Http;
using Lovage;
using Lovage.DeadLetters;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace FunctionApp.Functions;

public sealed class ReplayDeadLetters(DeadLetterBox deadLetters, OperatorAccess operators, IOptions<LovageOptions> options, IOptions<ApiOptions> api)
{
    /// <summary>202: the failed jobs that match run again; 200 after a dry run. For operators.</summary>
    [Function(nameof(ReplayDeadLetters))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "dead-letters/replay")] HttpRequest request, CancellationToken cancellation) =>
        JobApi.AnswerAsync(request, async () =>
        {
            if (operators.Refuse(request) is { } refusal)
                return refusal;
            ReplayRequest.RefuseQuery(request);
            var body = await JsonBody.ReadAsync(request, options.Value.MaxArgumentBytes, api.Value.MaxDepth, cancellation);
            var wanted = ReplayRequest.Read(body, api.Value.MaxReplays);
            var replay = await deadLetters.ReplayAsync(wanted.Filter, wanted.RepeatEffects, wanted.DryRun, cancellation);
            return replay.Error is { } error ? Problems.ReplayBrokeOff(error, request, replay) : new ReplayAnswer(replay, wanted.DryRun);
        });
}
