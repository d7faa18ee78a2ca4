using Lovage.Processing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Lovage.Store.Redis;

/// <summary>Looks at the store when the app starts: says once if it does not answer, and refuses one that forgets jobs when its memory is full.</summary>
internal sealed partial class RedisSetup(RedisConnection connection, IServiceProvider services, TimeProvider time, ILogger<RedisSetup> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backOff = new BackOff(time);
        var failed = false;
        while (true)
        {
            try
            {
                if (await FindEvictionPolicyAsync(stoppingToken).ConfigureAwait(false) is { } policy)
                    Refuse(policy);
                else if (failed)
                    LogReady();
                return;
            }
            catch (JobStoreUnavailableException e)
            {
                if (!failed)
                    LogNotReady(e.Message);
                failed = true;
            }
            await backOff.WaitAsync(stoppingToken).ConfigureAwait(false);
        }
    }

    /// <summary>How the server makes room; null if it refuses to write instead, has no limit, or does not say.</summary>
    internal Task<string?> FindEvictionPolicyAsync(CancellationToken cancellation) => connection.CallAsync(
        async db =>
        {
            try
            {
                var memory = (string[])(await db.ExecuteAsync("CONFIG", "GET", "maxmemory").ConfigureAwait(false))!;
                var policy = (string[])(await db.ExecuteAsync("CONFIG", "GET", "maxmemory-policy").ConfigureAwait(false))!;
                return memory is [_, not "0"] && policy is [_, not "noeviction"] ? policy[1] : null;
            }
            // Managed services do not let their configuration be read.
            catch (RedisServerException)
            {
                return null;
            }
        },
        cancellation);

    private void Refuse(string policy)
    {
        LogEvicts(policy);
        services.GetService<IHostApplicationLifetime>()?.StopApplication();
    }

    [LoggerMessage(EventIds.StoreNotReady, LogLevel.Warning, "{Error} Nothing can be enqueued or run; trying again until it answers.")]
    private partial void LogNotReady(string error);

    [LoggerMessage(EventIds.StoreReady, LogLevel.Information, "The job store is ready")]
    private partial void LogReady();

    [LoggerMessage(EventIds.StoreEvicts, LogLevel.Critical, "Redis has a memory limit and the eviction policy '{Policy}': it would forget jobs when it is full. Set maxmemory-policy to noeviction. The app stops.")]
    private partial void LogEvicts(string policy);
}
