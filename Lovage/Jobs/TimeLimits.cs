using System.Reflection;

namespace Lovage.Jobs;

/// <summary>How long one run of a job may take; null is no limit.</summary>
/// <param name="Soft">Then its token is cancelled.</param>
/// <param name="Hard">Then it is abandoned.</param>
internal sealed record TimeLimits(TimeSpan? Soft, TimeSpan? Hard)
{
    public static TimeLimits Of(MethodInfo method)
    {
        var job = method.GetCustomAttribute<JobAttribute>();
        return new(Seconds(job?.TimeLimitSeconds), Seconds(job?.HardTimeLimitSeconds));
    }

    /// <summary>The soft limit, or the enqueuer's in its place; no later than a limit for all jobs.</summary>
    public TimeSpan? SoftWithin(TimeSpan? enqueued, TimeSpan? longest)
    {
        var soft = enqueued ?? Soft;
        return longest is null || soft < longest ? soft : longest;
    }

    private static TimeSpan? Seconds(double? seconds) => seconds > 0 ? TimeSpan.FromSeconds(seconds.Value) : null;
}
