namespace EmbeddedHost;

/// <summary>Something that stops the host from starting. The message is for the user: what is wrong, the value, the limit and the way out.</summary>
/// <param name="message">What to tell the user.</param>
/// <param name="innerException">What caused it, if another exception did.</param>
public sealed class EmbeddedHostException(string message, Exception? innerException = null) : Exception(message, innerException);
