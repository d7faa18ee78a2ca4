using EmbeddedHost.Queues;

namespace FunctionApp.Tests.EmbeddedHost.Queues;

public sealed class PollingBackOffTests
{
    [Fact]
    public void Next_IdleQueue_DoublesToTheLongest()
    {
        var backOff = new PollingBackOff(TimeSpan.FromSeconds(1));

        Assert.Equal([100, 200, 400, 800, 1000, 1000], Waits(backOff, 6));
    }

    [Fact]
    public void Reset_MessageCame_BeginsAnew()
    {
        var backOff = new PollingBackOff(TimeSpan.FromMinutes(1));
        _ = Waits(backOff, 3);

        backOff.Reset();

        Assert.Equal([100, 200], Waits(backOff, 2));
    }

    private static double[] Waits(PollingBackOff backOff, int count) => [.. Enumerable.Range(0, count).Select(_ => backOff.Next().TotalMilliseconds)];
}
