using Lovage;
using Lovage.Store;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FunctionApp.Tests.Lovage;

/// <summary>Jobs are recorded, but from one call on nobody hears of it.</summary>
internal sealed class LosingConnection(IOptions<LovageOptions> options, int from) : RedisConnection(options)
{
    private int calls;

    public int Calls => calls;

    public static void Add(IServiceCollection services, int from) =>
        services.AddSingleton<RedisConnection>(s => new LosingConnection(s.GetRequiredService<IOptions<LovageOptions>>(), from));

    public override async Task<RedisResult> RunAsync(string script, RedisKey[] scriptKeys, RedisValue[] values, CancellationToken cancellation)
    {
        var answer = await base.RunAsync(script, scriptKeys, values, cancellation);
        return script == RedisScripts.Create && Interlocked.Increment(ref calls) >= from
            ? throw new JobStoreUnavailableException(new TimeoutException("the answer was lost"))
            : answer;
    }
}
