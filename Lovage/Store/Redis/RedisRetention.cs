using Lovage.Jobs;
using StackExchange.Redis;

namespace Lovage.Store.Redis;

/// <summary>How long records that have ended are kept, in milliseconds.</summary>
internal sealed class RedisRetention(LovageOptions options)
{
    /// <summary>Succeeded, cancelled, expired.</summary>
    public RedisValue Ended { get; } = (long)options.KeepSucceeded.TotalMilliseconds;

    public RedisValue Failed { get; } = (long)options.KeepFailed.TotalMilliseconds;

    public RedisValue After(JobEvent @event) => @event is JobEvent.Fail ? Failed : Ended;
}
