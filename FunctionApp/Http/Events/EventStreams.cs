using Lovage.Client;
using Lovage.Jobs;
using Microsoft.Extensions.Options;

namespace FunctionApp.Http.Events;

/// <summary>The event streams that are open in this process. Each holds a connection, so there are so many and no more.</summary>
public sealed class EventStreams(IOptions<ApiOptions> options, TimeProvider time)
{
    private int open;

    internal int Limit => options.Value.MaxEventStreams;

    internal ApiOptions Options => options.Value;

    internal TimeProvider Time => time;

    /// <returns>Null if too many are open.</returns>
    internal JobEventStream? TryOpen(JobClient jobs, JobId id, long after, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref open) <= Limit)
            return new(this, jobs, id, after, cancellation);
        Close();
        return null;
    }

    internal void Close() => Interlocked.Decrement(ref open);
}
