namespace Lovage.Jobs;

/// <summary>Thrown by a job that must not be tried again: it fails at once, whatever its policy says.</summary>
/// <param name="reason">For people: why.</param>
/// <param name="inner">What led to it.</param>
public sealed class RejectJobException(string reason, Exception? inner = null) : Exception(reason, inner);
