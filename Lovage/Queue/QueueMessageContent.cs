namespace Lovage.Queue;

/// <summary>What a queue message holds.</summary>
/// <param name="Jobs">The jobs that can be read.</param>
/// <param name="Unreadable">The others.</param>
internal sealed record QueueMessageContent(IReadOnlyList<JobEnvelope> Jobs, IReadOnlyList<UnreadableJob> Unreadable);
