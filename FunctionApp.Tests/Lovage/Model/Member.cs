using Lovage.Queue;
using Lovage.Store;

namespace FunctionApp.Tests.Lovage.Model;

/// <summary>What the world outside of the store remembers of a job.</summary>
/// <param name="request">As it was enqueued first.</param>
internal sealed class Member(JobEnvelope request)
{
    public JobEnvelope Request { get; } = request;

    /// <summary>As it travels: with the times that the store has set.</summary>
    public JobEnvelope Message { get; set; } = request;

    /// <summary>The latest delivery, for as long as whoever has it may ask again: not when its run has ended.</summary>
    public (WorkerId Worker, JobEnvelope Job)? Delivered { get; set; }
}
