using System.Net.Sockets;
using Azure.Storage.Queues;
using StackExchange.Redis;

namespace FunctionApp.Tests.LocalServers;

public sealed class RealServersTests(RealServers servers)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StorageConnectionString_MessageSent_IsReceived()
    {
        var queue = new QueueClient(servers.StorageConnectionString, $"fixture-{Guid.NewGuid():N}");
        await queue.CreateAsync(cancellationToken: Cancellation);
        await queue.SendMessageAsync("hello", Cancellation);

        var message = await queue.ReceiveMessageAsync(cancellationToken: Cancellation);

        Assert.Equal("hello", message.Value.Body.ToString());
    }

    [Fact]
    public Task RedisConnectionString_ValueWritten_IsRead() => WriteAndReadAsync(servers.RedisConnectionString);

    [Fact]
    public async Task GarnetAsync_ValueWritten_IsRead() => await WriteAndReadAsync(await servers.GarnetAsync());

    [Fact]
    public async Task RedisServerAsync_ValueWritten_IsRead() => await WriteAndReadAsync(await servers.RedisServerAsync());

    [Fact]
    public async Task NewRedisAsync_Killed_NothingListens()
    {
        var server = await servers.NewRedisAsync();
        await server.KillAsync(Cancellation);

        using var client = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync("127.0.0.1", int.Parse(server.Address.Split(':')[1]), Cancellation).AsTask());
    }

    private static async Task WriteAndReadAsync(string configuration)
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(configuration);
        var key = $"fixture:{Guid.NewGuid():N}";
        await redis.GetDatabase().StringSetAsync(key, "kept");

        Assert.Equal("kept", await redis.GetDatabase().StringGetAsync(key));
    }
}
