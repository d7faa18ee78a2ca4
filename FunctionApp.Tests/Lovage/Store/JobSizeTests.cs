using System.Globalization;
using LocalServers;
using Lovage.Jobs;
using Lovage.Queue;
using Lovage.Store;
using Lovage.Store.Redis;

namespace FunctionApp.Tests.Lovage.Store;

/// <summary>What a job costs the store: bytes, not time, so that it can be judged.</summary>
public sealed class JobSizeTests(RealServers servers, ITestOutputHelper output)
{
    private const int Jobs = 5_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EndedJob_WithASmallResult_TakesLessThan950Bytes()
    {
        await servers.RedisServerAsync();
        await using var server = await servers.NewRedisAsync(RedisKind.RedisServer);
        await using var engine = new Engine(server.Address);
        var worker = (await engine.Get<WorkerLease>().GetAsync(Cancel)).Worker;
        var envelopes = Enumerable.Range(0, Jobs)
            .Select(_ => new JobEnvelope { Id = JobId.New(TimeProvider.System), Name = "math.add", Arguments = """{"x":2,"y":3}"""u8.ToArray() }).ToArray();
        var empty = await UsedAsync(engine);
        await engine.Store.CreateAsync(envelopes, Cancel);
        var queued = await UsedAsync(engine);
        foreach (var chunk in envelopes.Chunk(500))
        {
            var claims = (await engine.Store.ClaimAsync(worker, chunk, alone: false, Cancel)).Cast<ClaimAnswer.Run>();
            await Task.WhenAll(claims.Select(answer => engine.Store.SettleAsync(answer.Claim, Settlement.Succeeded("5"u8.ToArray()), Cancel)));
        }
        var ended = await UsedAsync(engine);
        var (perQueued, perEnded) = ((queued - empty) / Jobs, (ended - empty) / Jobs);
        output.WriteLine($"{perQueued} bytes a queued job, {perEnded} bytes an ended one.");
        Assert.InRange(perQueued, 100, 700);
        Assert.InRange(perEnded, 100, 950);
    }

    private static async Task<long> UsedAsync(Engine engine)
    {
        var info = (await engine.Get<RedisConnection>().CallAsync(db => db.ExecuteAsync("INFO", "memory"), Cancel)).ToString()!;
        return long.Parse(info.Split('\n').First(line => line.StartsWith("used_memory_dataset:", StringComparison.Ordinal)).Split(':')[1], CultureInfo.InvariantCulture);
    }
}
