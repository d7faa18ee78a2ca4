namespace Lovage.Jobs;

/// <summary>Thrown by a job that knows when its next attempt makes sense, for example from a <c>Retry-After</c>. Uses an attempt.</summary>
public sealed class RetryJobException : Exception
{
    /// <summary>Asks for another attempt.</summary>
    /// <param name="delay">From now: zero to 36,500 days.</param>
    /// <param name="reason">For people: why.</param>
    /// <param name="inner">What led to it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The delay is negative, or longer than that.</exception>
    public RetryJobException(TimeSpan delay, string? reason = null, Exception? inner = null)
        : base(reason ?? $"The job asked to be tried again in {delay}.", inner)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, TimeSpan.FromDays(36_500));
        Delay = delay;
    }

    /// <summary>How long to wait.</summary>
    public TimeSpan Delay { get; }
}
