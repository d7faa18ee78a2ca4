using FunctionApp.Tests.Guarantees.Soak.Faults;
using Lovage;
using Lovage.Jobs;
using Lovage.Store.Redis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FunctionApp.Tests.Guarantees.Soak.Load;

/// <summary>The caller's connection. Tells which jobs are about to be recorded: if the answer is lost, they may exist all the same.</summary>
internal sealed class NotingConnection(IOptions<LovageOptions> options, FaultSource faults) : FaultyConnection(options, faults)
{
    private const string JobKey = ":job:";

    /// <summary>Called with the ids in the order of their requests.</summary>
    public Action<IReadOnlyList<JobId>> Creating { get; set; } = _ => { };

    public override Task<RedisResult> RunAsync(string script, RedisKey[] scriptKeys, RedisValue[] values, CancellationToken cancellation)
    {
        if (script == RedisScripts.Create)
            Creating([.. scriptKeys.Select(key => (string)key!).Where(key => key.Contains(JobKey, StringComparison.Ordinal)).Select(Id)]);
        return base.RunAsync(script, scriptKeys, values, cancellation);
    }

    private static JobId Id(string key) => new(Guid.Parse(key[(key.IndexOf(JobKey, StringComparison.Ordinal) + JobKey.Length)..]));
}
