using Lovage.Queue;
using Lovage.Store;

namespace Lovage.Processing;

/// <summary>A job that this process may run now.</summary>
/// <param name="Envelope">How it came.</param>
/// <param name="Claim">The right to run and settle it.</param>
/// <param name="LeaseLost">Fires when that right is gone.</param>
/// <param name="Cancelled">Fires when somebody wants the job cancelled.</param>
internal sealed record ClaimedJob(JobEnvelope Envelope, JobClaim Claim, CancellationToken LeaseLost, CancellationToken Cancelled);
