using Lovage.Queue;

namespace FunctionApp.Tests.Lovage.Queue;

public sealed class QueueSignalTests(RealServers servers)
{
    private readonly SemaphoreSlim woken = new(0);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sent_InThisProcess_WakesOnce()
    {
        await using var engine = new Engine(servers.RedisConnectionString);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
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
    public async Task TellOthers_AnotherProcessListens_IsWoken()
    {
        await using var sender = new Engine(servers.RedisConnectionString);
        await using var other = sender.NewProcess();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var listening = other.Get<QueueSignal>().ListenAsync(() => woken.Release(), stop.Token);
        var own = sender.Get<QueueSignal>().ListenAsync(() => Assert.Fail("Its own message came back."), stop.Token);

        // Until the other's subscription stands.
        using var limit = new CancellationTokenSource(Limits.Signal);
        do
            sender.Get<QueueSignal>().TellOthers();
        while (!await woken.WaitAsync(TimeSpan.FromMilliseconds(20), limit.Token));

        await stop.CancelAsync();
        await Task.WhenAll(listening, own).WaitAsync(Limits.Signal, Cancel);
    }
}
