using FunctionApp.Http;
using FunctionApp.Http.Stats;
using Lovage.Stats;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Functions;

public sealed class GetStats(JobStats stats, OperatorAccess operators)
{
    /// <summary>How many jobs there are, how they do, and who runs them. For operators.</summary>
    [Function(nameof(GetStats))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "stats")] HttpRequest request, CancellationToken cancellation) =>
        JobApi.AnswerAsync(request, async () => operators.Refuse(request) ?? new StatsAnswer(await stats.ReadAsync(cancellation)));
}
