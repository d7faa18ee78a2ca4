namespace Lovage.Health;

/// <summary>How a background loop of this process gets on.</summary>
/// <param name="Loop">Its name: <c>sweep</c>, which finds lost jobs, or <c>lease</c>, which keeps this worker's lease.</param>
/// <param name="SinceTurn">The time since it came round last, or began.</param>
/// <param name="Allowed">With more it is stuck: ten times its interval, and ten seconds at least.</param>
public sealed record LoopProgress(string Loop, TimeSpan SinceTurn, TimeSpan Allowed)
{
    /// <summary>True if it hangs. A loop whose turns fail, because a server is down, is not stuck.</summary>
    public bool IsStuck => SinceTurn > Allowed;
}
