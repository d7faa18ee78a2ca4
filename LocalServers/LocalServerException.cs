namespace LocalServers;

/// <summary>A local server could not be started or used. The message says why and names the ways out.</summary>
/// <param name="message">What was wrong, and what to do.</param>
public sealed class LocalServerException(string message) : Exception(message);
