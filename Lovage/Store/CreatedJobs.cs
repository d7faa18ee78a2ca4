namespace Lovage.Store;

/// <summary>What the store tells of jobs that it has recorded.</summary>
/// <param name="Epoch">Names this store's life; after a loss it has another.</param>
/// <param name="Now">The store's time.</param>
/// <param name="Earlier">Those that were not recorded, because their idempotency key was used before. If one of them was used for something else, none was recorded.</param>
internal sealed record CreatedJobs(string Epoch, DateTimeOffset Now, IReadOnlyList<EarlierJob> Earlier);
