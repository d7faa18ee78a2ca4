namespace Lovage.Store;

/// <summary>What the store tells of jobs that it has recorded.</summary>
/// <param name="Epoch">Names this store's life; after a loss it has another.</param>
/// <param name="Now">The store's time.</param>
internal readonly record struct CreatedJobs(string Epoch, DateTimeOffset Now);
