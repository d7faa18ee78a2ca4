using LocalServers;
using StackExchange.Redis;

namespace FunctionApp.Tests.LocalServers.Redis;

/// <summary>What was acknowledged is there after kill -9 and a restart.</summary>
public sealed class SurvivalTests(RealServers servers)
{
    private const int Records = 200_000;
    private const int Chunk = 10_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(RedisKind.RedisServer)]
    [InlineData(RedisKind.Garnet)]
    public async Task Kill_200000RecordsWereWritten_AllAreThereAfterTheRestart(RedisKind kind)
    {
        await using var server = await servers.NewRedisAsync(kind, inMemory: false);
        using (var redis = await ConnectionMultiplexer.ConnectAsync(server.Address))
            foreach (var chunk in Enumerable.Range(0, Records).Chunk(Chunk))
                await Task.WhenAll(chunk.Select(number => redis.GetDatabase().HashSetAsync(Key(number), Record(number))));

        await server.KillAsync(Cancellation);
        await server.StartAsync(Cancellation);

        using var again = await ConnectionMultiplexer.ConnectAsync(server.Address);
        Assert.Equal(Records, await again.GetServers()[0].DatabaseSizeAsync());
        foreach (var number in (int[])[0, Records / 2, Records - 1])
            Assert.Equal(Record(number).OrderBy(field => field.Name), (await again.GetDatabase().HashGetAllAsync(Key(number))).OrderBy(field => field.Name));
    }

    private static RedisKey Key(int number) => $"{{test}}:job:{number}";

    private static HashEntry[] Record(int number) => [new("name", "math.add"), new("state", "Queued"), new("args", $"[{number},3]")];
}
