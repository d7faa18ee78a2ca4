using System.Reflection;

namespace Lovage.Jobs;

/// <summary>Whether and when a job that threw is tried again.</summary>
internal sealed record RetryPolicy(int MaxAttempts, TimeSpan Base, double Factor, TimeSpan Cap, Type[] On, Type[] NeverOn)
{
    public static RetryPolicy Of(MethodInfo method, LovageOptions options)
    {
        var job = method.GetCustomAttribute<JobAttribute>() ?? new("default");
        return new(
            job.MaxAttempts > 0 ? job.MaxAttempts : options.MaxAttempts,
            job.RetryBaseSeconds >= 0 ? TimeSpan.FromSeconds(job.RetryBaseSeconds) : options.RetryBase,
            job.RetryFactor > 0 ? job.RetryFactor : options.RetryFactor,
            job.RetryCapSeconds >= 0 ? TimeSpan.FromSeconds(job.RetryCapSeconds) : options.RetryCap,
            job.RetryOn,
            job.NeverRetryOn);
    }

    public bool Retries(Exception exception) =>
        (On.Length == 0 || On.Any(type => type.IsInstanceOfType(exception))) && !NeverOn.Any(type => type.IsInstanceOfType(exception));

    /// <summary>
    /// Full jitter: anything from nothing to the longest pause, so that jobs which failed together do not come back together
    /// (after Marc Brooker, "Exponential Backoff And Jitter").
    /// </summary>
    /// <param name="attempt">The attempt that failed; from 1.</param>
    /// <param name="random">Chance.</param>
    public TimeSpan Delay(int attempt, Random random) => Longest(attempt) * random.NextDouble();

    public TimeSpan Longest(int attempt)
    {
        var seconds = Base.TotalSeconds * Math.Pow(Factor, attempt - 1);
        return seconds < Cap.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Cap;
    }
}
