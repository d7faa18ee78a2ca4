using Lovage.Jobs;

namespace Lovage.Store;

/// <summary>Something that came by the queue and cannot be run.</summary>
/// <param name="Id">The job's id, or one made from the message.</param>
/// <param name="Name">The job's name, or what stands for it.</param>
/// <param name="Text">The message as it came.</param>
/// <param name="Reason">Why it cannot be run.</param>
/// <param name="Error">What is wrong with it.</param>
internal sealed record DeadLetter(JobId Id, string Name, string Text, FailureReason Reason, JobError Error);
