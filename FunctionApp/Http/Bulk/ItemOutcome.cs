using Lovage.Jobs;

namespace FunctionApp.Http.Bulk;

/// <summary>What is answered about one job of many.</summary>
/// <param name="Id">The job; with an error one that may or may not have been recorded. Null if it was refused.</param>
/// <param name="Name">Its name, as far as it could be read.</param>
/// <param name="State">Its state; null if it was refused.</param>
/// <param name="Error">A problem as JSON; null if the job was accepted.</param>
internal readonly record struct ItemOutcome(JobId? Id, string? Name, JobState? State, ReadOnlyMemory<byte>? Error);
