namespace Lovage.Queue;

/// <summary>How many messages wait, about: hidden ones and those being worked on are among them.</summary>
/// <param name="Messages">In the queue.</param>
/// <param name="Poison">In its poison queue: messages that the host gave up and nobody has looked at yet.</param>
public readonly record struct QueueLengths(long Messages, long Poison);
