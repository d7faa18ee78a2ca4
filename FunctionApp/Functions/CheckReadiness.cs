using FunctionApp.Http;
using Lovage.Health;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Functions;

public sealed class CheckReadiness(LovageHealth health, OperatorAccess operators)
{
    /// <summary>200 if jobs can be enqueued and run now, 503 with what is down.</summary>
    [Function(nameof(CheckReadiness))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/ready")] HttpRequest request, CancellationToken cancellation)
    {
        var report = await health.CheckAsync(cancellation);
        return new HealthAnswer(("store", For(request, report.StoreError)), ("queue", For(request, report.QueueError)));
    }

    // An error may tell where a server is, and whoever reaches the app may ask.
    private string? For(HttpRequest request, string? error) => error is null || operators.IsOperator(request) ? error : "unavailable";
}
