namespace FunctionApp.Jobs;

/// <summary>What became of one child of <c>demo.fetch</c>.</summary>
/// <param name="Source">The address or the wait.</param>
/// <param name="Job">The job that the child found itself in.</param>
/// <param name="Status">The HTTP status, if there was an answer.</param>
/// <param name="Bytes">The size of its body.</param>
/// <param name="FromCache">True if the answer came from the app's cache.</param>
/// <param name="Error">Why there is none.</param>
public sealed record FetchedPage(string Source, string? Job, int? Status = null, long? Bytes = null, bool FromCache = false, string? Error = null);
