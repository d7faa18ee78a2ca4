using Lovage.Health;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Functions;

public sealed class Health(LovageHealth health)
{
    [Function(nameof(Health))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request, CancellationToken cancellation)
    {
        var report = await health.CheckAsync(cancellation);
        var answer = new { Status = report.IsHealthy ? "healthy" : "unhealthy", Store = report.StoreError ?? "ok", Queue = report.QueueError ?? "ok" };
        return Results.Json(answer, statusCode: report.IsHealthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
