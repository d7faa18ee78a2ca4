namespace Lovage.Queue;

/// <summary>The storage queue did not take a message or did not answer.</summary>
public sealed class JobQueueUnavailableException(string queue, Exception inner) : Exception($"Storage queue '{queue}' is unavailable: {Reason(inner)}", inner)
{
    // The client wraps what happened in a summary of its tries, and adds the answer's headers below the first line.
    private static string Reason(Exception e) => e is AggregateException { InnerException: { } first } ? Reason(first) : e.Message.Split('\n')[0].TrimEnd();
}
