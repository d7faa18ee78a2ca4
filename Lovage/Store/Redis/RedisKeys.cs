using Lovage.Jobs;
using StackExchange.Redis;

namespace Lovage.Store.Redis;

/// <summary>The keys of one app. The braces are a Redis Cluster hash tag: scripts may only touch keys of one slot.</summary>
internal sealed class RedisKeys(string prefix)
{
    public RedisKey Epoch { get; } = $"{{{prefix}}}:epoch";

    public RedisKey Job(JobId id) => $"{{{prefix}}}:job:{id}";

    public RedisKey Lease(WorkerId worker) => $"{{{prefix}}}:lease:{worker}";
}
