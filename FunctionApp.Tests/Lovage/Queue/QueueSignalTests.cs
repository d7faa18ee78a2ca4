using Lovage.Queue;
using Lovage.Store.Redis;
using StackExchange.Redis;

namespace FunctionApp.Tests.Lovage.Queue;

public sealed class QueueSignalTests(RealServers servers)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sent_InThisProcess_WakesOnce()
    {
        await using var engine = new Engine(servers.RedisConnectionString);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var woken = new SemaphoreSlim(0);
        var signal = engine.Get<QueueSignal>();
        var listening = signal.ListenAsync(() => woken.Release(), stop.Token);
        signal.Sent();
        Assert.True(await woken.WaitAsync(Limits.Signal, Cancel));

        await stop.CancelAsync();
        await listening.WaitAsync(Limits.Signal, Cancel);
        signal.Sent();
        Assert.Equal(0, woken.CurrentCount);
    }

    [Fact]
    public async Task TellOthers_TwoProcessesListen_EachHearsTheOtherAndNotItself()
    {
        await using var one = new Engine(servers.RedisConnectionString);
        await using var other = one.NewProcess();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var (heardByOne, heardByOther, all) = (new SemaphoreSlim(0), new SemaphoreSlim(0), new SemaphoreSlim(0));
        var listening = Task.WhenAll(
            one.Get<QueueSignal>().ListenAsync(() => heardByOne.Release(), stop.Token), other.Get<QueueSignal>().ListenAsync(() => heardByOther.Release(), stop.Token));
        await SubscribedAsync(one, 2);
        var connection = one.Get<RedisConnection>();
        await using var subscription = await connection.SubscribeAsync((string)connection.Keys.Rung!, _ => all.Release(), Cancel);

        one.Get<QueueSignal>().TellOthers();
        other.Get<QueueSignal>().TellOthers();
        Assert.True(await heardByOther.WaitAsync(Limits.Signal, Cancel));
        for (var i = 0; i < 2; i++)
            Assert.True(await all.WaitAsync(Limits.Signal, Cancel));
        Assert.True(await heardByOne.WaitAsync(Limits.Signal, Cancel));
        other.Get<QueueSignal>().TellOthers();
        Assert.True(await heardByOne.WaitAsync(Limits.Signal, Cancel));
        Assert.Equal(0, heardByOne.CurrentCount);

        await stop.CancelAsync();
        await listening.WaitAsync(Limits.Signal, Cancel);
    }

    private static async Task SubscribedAsync(Engine engine, int processes)
    {
        var connection = engine.Get<RedisConnection>();
        using var limit = new CancellationTokenSource(Limits.Signal);
        while ((long)((RedisResult[])(await connection.CallAsync(db => db.ExecuteAsync("PUBSUB", "NUMSUB", (string)connection.Keys.Rung!), limit.Token))!)[1] < processes)
            limit.Token.ThrowIfCancellationRequested();
    }
}
