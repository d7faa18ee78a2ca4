namespace Lovage.Queue;

/// <summary>A queue message that is not one of ours, or of a version that this app cannot read.</summary>
public sealed class MessageFormatException(string message, Exception? inner = null) : FormatException(message, inner);
