using System.Globalization;
using FunctionApp.Http;
using Lovage.Health;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FunctionApp.Functions;

public sealed class CheckLiveness(LovageHealth health)
{
    /// <summary>200 while this process gets on, 503 with what hangs if only a new process helps. What other servers do is asked elsewhere.</summary>
    [Function(nameof(CheckLiveness))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/live")] HttpRequest request)
    {
        var report = health.CheckProgress();
        return new HealthAnswer([.. report.Loops.Select(loop => (loop.Loop, ErrorOf(loop))), ("bodies", ErrorOfBodies(report))]);
    }

    private static string? ErrorOf(LoopProgress loop) => loop.IsStuck
        ? string.Create(CultureInfo.InvariantCulture, $"stuck for {loop.SinceTurn.TotalSeconds:0} s: it comes round within {loop.Allowed.TotalSeconds:0} s")
        : null;

    private static string? ErrorOfBodies(ProgressReport report) => report.IsFull
        ? string.Create(CultureInfo.InvariantCulture, $"{report.AbandonedBodies} abandoned bodies of jobs, as many as jobs may run at once: only the end of the process stops them")
        : null;
}
