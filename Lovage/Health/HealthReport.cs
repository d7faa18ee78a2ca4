namespace Lovage.Health;

/// <summary>What <see cref="LovageHealth.CheckAsync"/> found.</summary>
/// <param name="StoreError">Why the store cannot be used, or null.</param>
/// <param name="QueueError">Why the queue cannot be used, or null.</param>
public sealed record HealthReport(string? StoreError, string? QueueError)
{
    /// <summary>True if both answered.</summary>
    public bool IsHealthy => StoreError is null && QueueError is null;
}
