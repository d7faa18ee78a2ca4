using Lovage;
using Lovage.Store;
using Lovage.Store.Redis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FunctionApp.Tests.Guarantees.Soak.Faults;

/// <summary>The real connection, some of whose scripts fail. Plain reads and the renewal of the lease are left alone.</summary>
internal class FaultyConnection(IOptions<LovageOptions> options, FaultSource faults) : RedisConnection(options)
{
    public override async Task<RedisResult> RunAsync(string script, RedisKey[] scriptKeys, RedisValue[] values, CancellationToken cancellation)
    {
        var fault = faults.Draw(FaultSite.Store);
        if (fault is Fault.NotMade)
            throw new JobStoreUnavailableException(new TimeoutException("the soak let this call fail"));
        var answer = await base.RunAsync(script, scriptKeys, values, cancellation);
        return fault is Fault.AnswerLost ? throw new JobStoreUnavailableException(new TimeoutException("the soak lost this answer")) : answer;
    }
}
