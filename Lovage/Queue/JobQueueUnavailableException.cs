namespace Lovage.Queue;

/// <summary>The storage queue did not take a message or did not answer.</summary>
public sealed class JobQueueUnavailableException(string queue, Exception inner)
    : Exception($"Storage queue '{queue}' is unavailable: {inner.Message.ReplaceLineEndings(" ")}", inner);
