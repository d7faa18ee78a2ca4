using LocalServers;
using Lovage.Store.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace FunctionApp.Tests.Lovage.Store;

public sealed class RedisSetupTests(RealServers servers)
{
    [Theory]
    [InlineData("0", "allkeys-lru", false)]
    [InlineData("100mb", "noeviction", false)]
    [InlineData("100mb", "allkeys-lru", true)]
    public async Task Start_RedisThatMayForgetJobs_StopsTheApp(string memory, string policy, bool stops)
    {
        await servers.RedisServerAsync();
        await using var server = await servers.NewRedisAsync(RedisKind.RedisServer);
        var lifetime = new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance);
        await using var engine = new Engine(server.Address, add: s => s.AddSingleton<IHostApplicationLifetime>(lifetime));
        var connection = engine.Services.GetRequiredService<RedisConnection>();
        await connection.CallAsync(db => db.ExecuteAsync("CONFIG", "SET", "maxmemory", memory), CancellationToken.None);
        await connection.CallAsync(db => db.ExecuteAsync("CONFIG", "SET", "maxmemory-policy", policy), CancellationToken.None);

        using var setup = ActivatorUtilities.CreateInstance<RedisSetup>(engine.Services);
        await setup.StartAsync(CancellationToken.None);
        await setup.ExecuteTask!.WaitAsync(Limits.Signal);
        Assert.Equal(stops, lifetime.ApplicationStopping.IsCancellationRequested);
    }
}
