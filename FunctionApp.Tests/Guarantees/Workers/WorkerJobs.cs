using Lovage.Jobs;

namespace FunctionApp.Tests.Guarantees.Workers;

/// <summary>Jobs that workers of these tests run beside the app's own.</summary>
internal sealed class WorkerJobs(Death death, TimeProvider time)
{
    /// <summary>Waits, and returns its number: a result that came to the wrong job would show.</summary>
    [Job("guarantee.echo")]
    public async Task<int> EchoAsync(int number, int milliseconds)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), time, CancellationToken.None);
        death.Pass(DeathPoint.Running);
        return number;
    }

    [Job("guarantee.fail-fast")]
    public void FailFast() => Environment.FailFast("The job ended its process.");

    [Job("guarantee.overflow")]
    public int Overflow(int depth = 0) => depth + Overflow(depth + 1);
}
