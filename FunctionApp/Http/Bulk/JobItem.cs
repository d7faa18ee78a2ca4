using Lovage.Client;

namespace FunctionApp.Http.Bulk;

/// <summary>One job of many as it was asked for: checked, or refused.</summary>
/// <param name="Name">Its name; null if it cannot be read.</param>
/// <param name="Request">The job, checked; null if it is refused.</param>
/// <param name="Options">What was said of it.</param>
/// <param name="Bytes">How large its text was.</param>
/// <param name="Error">Why it is refused.</param>
internal sealed record JobItem(string? Name, JobRequest? Request, EnqueueOptions Options, int Bytes, Exception? Error = null);
