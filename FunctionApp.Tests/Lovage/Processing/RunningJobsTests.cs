using Lovage.Jobs;
using Lovage.Processing;
using Lovage.Queue;
using Lovage.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace FunctionApp.Tests.Lovage.Processing;

public sealed class RunningJobsTests
{
    private readonly RunningJobs running = new(NullLogger<RunningJobs>.Instance);
    private readonly JobEnvelope job = new() { Id = JobId.New(TimeProvider.System), Name = "a", Arguments = null };

    [Fact]
    public void End_OnlyRun_IsForgotten()
    {
        var run = Begin();
        Assert.True(running.Contains(job.Id));
        running.End(run);
        Assert.False(running.Contains(job.Id));
        Assert.False(running.Cancel(job.Id));
    }

    [Fact]
    public async Task End_EarlierRunThatLostItsClaim_TheLaterOneIsStillKnownAndCanBeCancelled()
    {
        var (earlier, later) = (Begin(), Begin());
        running.End(earlier);
        Assert.True(running.Contains(job.Id));
        Assert.True(running.Cancel(job.Id));
        Assert.True(await Task.Run(() => later.Cancelled.WaitHandle.WaitOne(Limits.Signal)));
        Assert.False(earlier.Cancelled.IsCancellationRequested);
    }

    private ClaimedJob Begin() => new(job, new JobClaim(job.Id, job.Name, job.Claim, WorkerId.New(), 1, null), CancellationToken.None, running.Begin(job.Id));
}
