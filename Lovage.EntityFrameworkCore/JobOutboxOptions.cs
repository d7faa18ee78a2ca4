namespace Lovage.EntityFrameworkCore;

/// <summary>Settings of the outbox. Checked when the app starts.</summary>
public sealed class JobOutboxOptions
{
    internal const string Bounds = "Lovage:Outbox:Interval takes 100 milliseconds to 1 hour.";

    /// <summary>
    /// How often each process looks for committed jobs that were not enqueued, because a process died or the store was down. Also the time from a start to
    /// the first look. 100 milliseconds to 1 hour; default 15 seconds.
    /// </summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether this process relays at all. False for one that cannot reach the database. Default true.</summary>
    public bool Relays { get; set; } = true;

    internal static bool AreInBounds(JobOutboxOptions options) => options.Interval >= TimeSpan.FromMilliseconds(100) && options.Interval <= TimeSpan.FromHours(1);
}
