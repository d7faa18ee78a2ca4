using Lovage.Jobs;
using StackExchange.Redis;

namespace Lovage.Store.Redis;

/// <summary>The keys of one app. The braces are a Redis Cluster hash tag: scripts may only touch keys of one slot.</summary>
internal sealed class RedisKeys(string prefix)
{
    /// <summary>A random text that names this store's life; gone with its data.</summary>
    public RedisKey Epoch { get; } = $"{{{prefix}}}:epoch";

    /// <summary>Queued jobs by the time of their latest ring; 0 is never.</summary>
    public RedisKey Queued { get; } = $"{{{prefix}}}:queued";

    /// <summary>Scheduled jobs by the time at which they are due.</summary>
    public RedisKey Scheduled { get; } = $"{{{prefix}}}:scheduled";

    /// <summary>Failed jobs by the time at which they failed.</summary>
    public RedisKey Failed { get; } = $"{{{prefix}}}:failed";

    /// <summary>The latest ring among the jobs that were claimed.</summary>
    public RedisKey NewestClaimedRing { get; } = $"{{{prefix}}}:newest-claimed-ring";

    /// <summary>Every worker that has, or had, a lease and may still hold jobs.</summary>
    public RedisKey Workers { get; } = $"{{{prefix}}}:workers";

    /// <summary>What every script that changes a job begins with; see <c>prelude.lua</c>.</summary>
    public RedisKey[] Indexes => [Queued, Scheduled, Failed];

    public RedisKey Job(JobId id) => $"{{{prefix}}}:job:{id}";

    public RedisKey Lease(WorkerId worker) => $"{{{prefix}}}:lease:{worker}";

    /// <summary>The jobs that a worker runs.</summary>
    public RedisKey Held(WorkerId worker) => $"{{{prefix}}}:held:{worker}";

    /// <summary>Jobs that a worker is asked to cancel.</summary>
    public RedisKey Cancellations(WorkerId worker) => $"{{{prefix}}}:cancel:{worker}";
}
