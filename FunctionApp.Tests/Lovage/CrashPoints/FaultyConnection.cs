using FunctionApp.Tests.Lovage.Model;
using Lovage;
using Lovage.Store;
using Lovage.Store.Redis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FunctionApp.Tests.Lovage.CrashPoints;

/// <summary>A process's way to the store, on the test's clock. Every round trip is a call that may go wrong.</summary>
internal sealed class FaultyConnection(IOptions<LovageOptions> options, Calls calls, ConnectionMultiplexer shared) : VirtualClockConnection(options)
{
    private static readonly Dictionary<string, string> ScriptNames =
        typeof(RedisScripts).GetProperties().ToDictionary(property => (string)property.GetValue(null)!, property => property.Name);

    private readonly AsyncLocal<string?> script = new();

    public override async Task<RedisResult> RunAsync(string script, RedisKey[] scriptKeys, RedisValue[] values, CancellationToken cancellation)
    {
        this.script.Value = ScriptNames.GetValueOrDefault(script);
        return await base.RunAsync(script, scriptKeys, values, cancellation);
    }

    public override Task<T> CallAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancellation) => calls.MakeAsync(
        $"store, {script.Value ?? "plain call"}", () => base.CallAsync(call, cancellation), () => new JobStoreUnavailableException(new TimeoutException("on purpose")));

    // A connection of its own would take each of many hundred processes longer than all of its calls.
    protected override Task<ConnectionMultiplexer> ConnectAsync() => Task.FromResult(shared);
}
