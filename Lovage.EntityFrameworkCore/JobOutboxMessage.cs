namespace Lovage.EntityFrameworkCore;

/// <summary>A job that was committed with the app's rows and is not enqueued yet: a row of the table <c>JobOutbox</c>.</summary>
internal sealed class JobOutboxMessage
{
    /// <summary>The job's id, a UUIDv7: rows are relayed about in the order in which they were made.</summary>
    public required Guid Id { get; init; }

    /// <summary>A queue message of this one job; see <c>docs/message-format.md</c>.</summary>
    public required string Message { get; init; }
}
