using Lovage.Jobs;

namespace Lovage.Client;

/// <summary>What became of one of many jobs that were enqueued each for itself.</summary>
/// <param name="Id">
/// The job; for an idempotency key that was used before, the first one. Of a job that may or may not have been recorded the id that can be asked about. Null
/// if the job was refused.
/// </param>
/// <param name="Error">Null if the job is recorded and will run; else what enqueueing it alone would have thrown.</param>
public sealed record EnqueueOutcome(JobId? Id, Exception? Error = null);
