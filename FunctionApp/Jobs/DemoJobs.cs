using Lovage.Jobs;

namespace FunctionApp.Jobs;

/// <summary>Jobs to try the system with.</summary>
public sealed class DemoJobs(TimeProvider time)
{
    private const double MaxSeconds = 3600;

    /// <summary>Waits, as a call to a slow service would: it holds one of the app's slots, but no thread.</summary>
    /// <param name="seconds">0 to 3,600.</param>
    /// <param name="cancellation">The job's token.</param>
    [Job("demo.sleep", NeverRetryOn = [typeof(ArgumentException)])]
    public Task SleepAsync(double seconds, CancellationToken cancellation)
    {
        CheckSeconds(seconds);
        return Task.Delay(TimeSpan.FromSeconds(seconds), time, cancellation);
    }

    /// <summary>Fails, in every attempt.</summary>
    /// <param name="message">What the error says.</param>
    [Job("demo.fail")]
    public void Fail(string message = "demo.fail was asked to fail") => throw new InvalidOperationException(message);

    /// <summary>Reports its progress as it goes.</summary>
    /// <param name="steps">1 to 1,000.</param>
    /// <param name="seconds">How long each step takes; 0 to 3,600.</param>
    /// <param name="context">The running job.</param>
    /// <returns>The number of steps made.</returns>
    [Job("demo.progress", NeverRetryOn = [typeof(ArgumentException)])]
    public async Task<int> ProgressAsync(JobContext context, int steps = 10, double seconds = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, 1_000);
        CheckSeconds(seconds);
        for (var step = 1; step <= steps; step++)
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), time, context.Cancellation);
            await context.ReportProgressAsync(100.0 * step / steps, $"step {step} of {steps}");
        }
        return steps;
    }

    private static void CheckSeconds(double seconds)
    {
        if (!(seconds >= 0 && seconds <= MaxSeconds))
            throw new ArgumentOutOfRangeException(nameof(seconds), seconds, $"It takes 0 to {MaxSeconds:N0} seconds.");
    }
}
