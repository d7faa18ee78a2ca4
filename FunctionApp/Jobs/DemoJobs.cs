using System.ComponentModel.DataAnnotations;
using Lovage.Jobs;

namespace FunctionApp.Jobs;

/// <summary>Jobs to try the system with.</summary>
public sealed class DemoJobs(TimeProvider time)
{
    private const double MaxSeconds = 3600;

    /// <summary>Does nothing: what a job costs by itself.</summary>
    /// <returns>A word, so that there is a result to keep.</returns>
    [Job("demo.noop")]
    public string Noop() => "done";

    /// <summary>Waits, as a call to a slow service would: it holds one of the app's slots, but no thread.</summary>
    /// <param name="seconds">How long it waits, in seconds.</param>
    /// <param name="cancellation">The job's token.</param>
    [Job("demo.sleep")]
    public Task SleepAsync([Range(0, MaxSeconds)] double seconds, CancellationToken cancellation) =>
        Task.Delay(TimeSpan.FromSeconds(seconds), time, cancellation);

    /// <summary>Fails, in every attempt.</summary>
    /// <param name="message">What the error says.</param>
    [Job("demo.fail")]
    public void Fail(string message = "demo.fail was asked to fail") => throw new InvalidOperationException(message);

    /// <summary>Reports its progress as it goes.</summary>
    /// <param name="steps">How many steps it makes.</param>
    /// <param name="seconds">How long each step takes, in seconds.</param>
    /// <param name="context">The running job.</param>
    /// <returns>The number of steps made.</returns>
    [Job("demo.progress")]
    public async Task<int> ProgressAsync(JobContext context, [Range(1, 1_000)] int steps = 10, [Range(0, MaxSeconds)] double seconds = 1)
    {
        for (var step = 1; step <= steps; step++)
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), time, context.Cancellation);
            await context.ReportProgressAsync(100.0 * step / steps, $"step {step} of {steps}");
        }
        return steps;
    }
}
