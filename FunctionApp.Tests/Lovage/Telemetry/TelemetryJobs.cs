using Lovage.Jobs;

namespace FunctionApp.Tests.Lovage.Telemetry;

internal sealed class TelemetryJobs
{
    [Job("telemetry.fine", Aliases = ["telemetry.old"])]
    public void Fine()
    {
    }

    [Job("telemetry.twice", RetryBaseSeconds = 0)]
    public void Twice(JobContext job)
    {
        if (job.Attempt == 1)
            throw new InvalidOperationException("a secret");
    }

    [Job("telemetry.rejects")]
    public void Rejects() => throw new RejectJobException("a secret");
}
