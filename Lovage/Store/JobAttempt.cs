namespace Lovage.Store;

/// <summary>An attempt that failed.</summary>
/// <param name="Attempt">From 1; begins again when the job is replayed.</param>
/// <param name="StartedAt">When its run began.</param>
/// <param name="EndedAt">When it had failed.</param>
/// <param name="Error">Why; its message is cut at 300 characters.</param>
public sealed record JobAttempt(int Attempt, DateTimeOffset StartedAt, DateTimeOffset EndedAt, JobError Error);
