using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Lovage.Store.Redis;

/// <summary>Stands where jobs run eagerly for the Redis that is not there; what cannot do without one says so.</summary>
internal sealed class NoRedisConnection(IOptions<LovageOptions> options) : RedisConnection(options)
{
    public override Task<T> CallAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancellation) => throw new InvalidOperationException(
        "Jobs run eagerly here (LovageBuilder.RunEagerly): each has run when it is enqueued, and there is neither Redis nor queue for JobProcessor, JobSweep or DeadLetterBox to work on. Ask JobClient about jobs, or test these on real servers, without RunEagerly.");
}
