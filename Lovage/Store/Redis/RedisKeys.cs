using Lovage.Jobs;
using StackExchange.Redis;

namespace Lovage.Store.Redis;

/// <summary>The keys of one app. The braces are a Redis Cluster hash tag: scripts may only touch keys of one slot.</summary>
internal sealed class RedisKeys(string prefix)
{
    private RedisKey[]? indexes;

    /// <summary>A random text that names this store's life; gone with its data.</summary>
    public RedisKey Epoch { get; } = $"{{{prefix}}}:epoch";

    /// <summary>Queued jobs by the time of their latest ring; 0 is never.</summary>
    public RedisKey Queued { get; } = $"{{{prefix}}}:queued";

    /// <summary>Scheduled jobs by the time at which they are due.</summary>
    public RedisKey Scheduled { get; } = $"{{{prefix}}}:scheduled";

    /// <summary>Running jobs by the time at which they were claimed.</summary>
    public RedisKey Running { get; } = $"{{{prefix}}}:running";

    /// <summary>Succeeded jobs by the time at which they did; so are the other final states.</summary>
    public RedisKey Succeeded { get; } = $"{{{prefix}}}:succeeded";

    public RedisKey Failed { get; } = $"{{{prefix}}}:failed";

    public RedisKey Cancelled { get; } = $"{{{prefix}}}:cancelled";

    public RedisKey Expired { get; } = $"{{{prefix}}}:expired";

    /// <summary>All jobs by the time at which they were recorded, which never changes: each is listed as that time in 13 digits and its id, with score 0.</summary>
    public RedisKey Jobs { get; } = $"{{{prefix}}}:jobs";

    /// <summary>The latest ring among the jobs that were claimed.</summary>
    public RedisKey NewestClaimedRing { get; } = $"{{{prefix}}}:newest-claimed-ring";

    /// <summary>How long the bodies of each job run, in seconds.</summary>
    public RedisKey Durations { get; } = $"{{{prefix}}}:durations";

    /// <summary>The channel on which processes tell each other that they have sent a message.</summary>
    public RedisKey Rung { get; } = $"{{{prefix}}}:rung";

    /// <summary>Written to see whether the store takes writes.</summary>
    public RedisKey Probe { get; } = $"{{{prefix}}}:probe";

    /// <summary>Every worker that has, or had, a lease and may still hold jobs.</summary>
    public RedisKey Workers { get; } = $"{{{prefix}}}:workers";

    /// <summary>What every script that changes a job begins with; see <c>lifecycle.lua</c>.</summary>
    public IReadOnlyList<RedisKey> Indexes => indexes ??= [Queued, Scheduled, Running, Succeeded, Failed, Cancelled, Expired];

    /// <summary>The jobs of a state.</summary>
    public RedisKey Index(JobState state) => $"{{{prefix}}}:{JobHash.Write(state)}";

    public RedisKey Job(JobId id) => $"{{{prefix}}}:job:{id}";

    /// <summary>The jobs of a name that have ended and did not fail, by the time at which they did.</summary>
    public RedisKey Finished(string name) => $"{{{prefix}}}:finished:{name}";

    /// <summary>The first use of an idempotency key.</summary>
    public RedisKey Idempotency(IdempotencyKey key) => $"{{{prefix}}}:once:{key.Hash}";

    public RedisKey Lease(WorkerId worker) => $"{{{prefix}}}:lease:{worker}";

    /// <summary>The jobs that a worker runs.</summary>
    public RedisKey Held(WorkerId worker) => $"{{{prefix}}}:held:{worker}";

    /// <summary>Jobs that a worker is asked to cancel.</summary>
    public RedisKey Cancellations(WorkerId worker) => $"{{{prefix}}}:cancel:{worker}";
}
