using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;

namespace Benchmarks.Micro;

/// <summary>The job that does nothing, as it travels.</summary>
internal static class SampleJob
{
    public static JobEnvelope New() => new() { Id = JobId.New(TimeProvider.System), Name = "demo.noop", Arguments = "{}"u8.ToArray(), Epoch = Guid.NewGuid().ToString("N") };

    public static JobClaim Claim(JobEnvelope job) => new(job.Id, job.Name, job.Claim, new("benchmark"), 1, null);
}
