using Lovage.Jobs;

namespace FunctionApp.Tests.Guarantees.Soak.Load;

/// <summary>The jobs of the soak. Each returns its number: a result that came to the wrong job would show.</summary>
internal sealed class SoakJobs(TimeProvider time)
{
    [Job("soak.wait")]
    public async Task<int> WaitAsync(int number, int milliseconds, CancellationToken cancellation)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), time, cancellation);
        return number;
    }

    /// <summary>Has its arguments in the store alone: they are too large for a message.</summary>
    [Job("soak.read")]
    public int Read(int number, string text) =>
        text == SoakJob.Text(number) ? number : throw new RejectJobException("These are not the arguments of this job.");

    [Job("soak.stumble", MaxAttempts = 5, RetryBaseSeconds = 1)]
    public int Stumble(int number, int failures, JobContext job) => job.Attempt > failures ? number : throw new InvalidOperationException("Not yet.");

    [Job("soak.fail", MaxAttempts = 2, RetryBaseSeconds = 1)]
    public void Fail() => throw new InvalidOperationException("Never.");

    [Job("soak.reject")]
    public void Reject() => throw new RejectJobException("Nobody can do this.");
}
