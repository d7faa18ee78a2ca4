namespace Lovage.Stats;

/// <summary>How long something took.</summary>
/// <param name="P50">Half of the times are no longer.</param>
/// <param name="P95">95 of a hundred are no longer.</param>
/// <param name="Count">How many times were measured; the latest, 200 at most, and fewer where there are more than 20 names.</param>
public sealed record Durations(TimeSpan P50, TimeSpan P95, int Count)
{
    /// <returns>Null if nothing was measured.</returns>
    internal static Durations? Of(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Order().ToArray();
        return sorted.Length == 0 ? null : new(At(0.5), At(0.95), sorted.Length);

        // The nearest rank: a time that was measured, not one between two.
        TimeSpan At(double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}
