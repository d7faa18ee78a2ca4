using Lovage.Store;

namespace Lovage.Listing;

/// <summary>Some of the jobs that a query asks for.</summary>
/// <param name="Jobs">The most recently recorded first; without their results, histories and changes.</param>
/// <param name="Cursor">Where the next page begins; null after the last. A page may have fewer jobs than asked for, or none, and still not be the last:
/// what a page may look at is bounded.</param>
public sealed record JobPage(IReadOnlyList<JobRecord> Jobs, string? Cursor);
