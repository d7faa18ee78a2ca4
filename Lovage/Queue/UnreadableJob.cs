namespace Lovage.Queue;

/// <summary>A job of a message that cannot be read.</summary>
/// <param name="Text">As it came.</param>
/// <param name="Error">What is wrong with it.</param>
internal sealed record UnreadableJob(string Text, MessageFormatException Error);
