using Microsoft.Extensions.Options;

namespace FunctionApp.Http.Events;

/// <summary>The event streams that are open in this process. Each holds a connection, so there are so many and no more.</summary>
public sealed class EventStreams(IOptions<ApiOptions> options, TimeProvider time)
{
    private int open;

    internal int Limit => options.Value.MaxEventStreams;

    internal ApiOptions Options => options.Value;

    internal TimeProvider Time => time;

    /// <returns>False if too many are open. Else <see cref="Close"/> is to be called.</returns>
    internal bool TryOpen()
    {
        if (Interlocked.Increment(ref open) <= Limit)
            return true;
        Close();
        return false;
    }

    internal void Close() => Interlocked.Decrement(ref open);
}
